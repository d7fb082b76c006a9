#!/bin/sh
# Makes the Latin subsets in static/fonts from an unpacked @kern-ux/native package: docs/schriften.sh PACKAGE_FOLDER
set -eu
unicodes=''
features='kern,liga,calt,ccmp,locl,mark,mkmk,tnum,lnum,pnum,onum,frac,sups,subs,case,zero'
for pair in Regular:400 Medium:500 SemiBold:600 Italic:400-italic; do
    pyftsubset "$1/dist/fonts/fira-sans/FiraSans-${pair%%:*}.woff2" --unicodes="$unicodes" --layout-features="$features" \
        --flavor=woff2 --no-hinting --name-IDs='*' --output-file="static/fonts/fira-sans-${pair##*:}.woff2"
done
