# Sourced by ./run and ./test: installs what is missing, builds what changed, one line on stderr for each step that takes time.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
output=$root/Cli/bin/Release/net10.0
stamps=$root/artifacts/stamps
log=$root/artifacts/setup.log

say() { printf '%s\n' "$*" >&2; }

die() {
    say "error: $*"
    exit 1
}

# Runs a step quietly; its output goes to the log and is shown when it fails.
step() {
    local title=$1
    shift
    say "· $title"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 40 "$log" >&2
        die "$title failed; the full output is in ${log#"$root"/}"
    fi
}

# Begins what the next steps need not wait for. `finish NAME…` waits, and ends everything if it failed.
declare -A begun=()
begin() {
    local name=$1
    shift
    (
        log=$root/artifacts/setup-$name.log
        "$@"
    ) &
    begun[$name]=$!
}

finish() {
    local name
    for name in "$@"; do
        [ -z "${begun[$name]:-}" ] || wait "${begun[$name]}" || exit 1
        unset "begun[$name]"
    done
}

# For find: the files below the given paths, without what builds make there. Not the folders, whose times a build changes.
sources=(\( -name bin -o -name obj -o -name node_modules -o -name dist -o -name generated \) -prune -o -type f)

# Whether a source below the given paths was added, changed or deleted since the stamp was made.
changed_since() {
    local stamp=$stamps/$1
    shift
    [ -f "$stamp" ] || return 0
    ! find "$@" "${sources[@]}" -print | sort | cmp -s - "$stamp" || [ -n "$(find "$@" "${sources[@]}" -newer "$stamp" -print -quit)" ]
}

# Notes that the sources below the given paths were built as they were at a time.
stamp() {
    local stamp=$stamps/$1 time=$2
    shift 2
    mkdir -p "$stamps"
    find "$@" "${sources[@]}" -print | sort >"$stamp"
    touch -d "@$time" "$stamp"
}

require_tools() {
    command -v dotnet >/dev/null || die "the .NET SDK 10 is missing; see https://dotnet.microsoft.com/download"
    command -v node >/dev/null && command -v npm >/dev/null || die "Node.js 20 or newer with npm is missing; see https://nodejs.org"
    mkdir -p "$root/artifacts"
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Begins to install Debian packages that are missing (`finish packages`), or says how.
debian_packages() {
    local missing=() package installed
    for package in "$@"; do
        # Since Debian 13 some have another name, with times of 64 bits; apt-get takes the former name for it. That one of
        # the names is unknown is an error to dpkg-query.
        installed=$(dpkg-query -W -f='${Status}\n' "$package" "${package}t64" 2>/dev/null) || true
        [[ $installed == *'ok installed'* ]] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    command -v apt-get >/dev/null || die "please install with your package manager what Debian calls: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
        die "some system packages are missing; please run: sudo apt-get install -y ${missing[*]}"
    fi
    export DEBIAN_FRONTEND=noninteractive
    begin packages step "Installing ${missing[*]}" sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends ${missing[*]}"
}

# Installs npm packages by their lock file.
npm_packages() {
    local name=$1 folder=$2 now
    now=$(date +%s)
    if [ ! -d "$folder/node_modules" ] || changed_since "npm-$name" "$folder/package-lock.json"; then
        step "Installing npm packages of $name" npm ci --prefix "$folder" --no-audit --no-fund
        stamp "npm-$name" "$now" "$folder/package-lock.json"
    fi
}

dotnet_sources=(Activities Api Cli Libraries Worker Workflows build Directory.Build.props Directory.Packages.props global.json)

# Builds; not ahead of time where no NuGet registry at hand serves the compiler for that.
dotnet_build() {
    # The compiler lives too briefly to win back what profiling and hardening of its own code cost: a fifth of the time.
    local build=(env DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0 dotnet build "$1" -c Release -v:q)
    "${build[@]}" && return
    grep -qi 'error NU.*crossgen2' "$log" || return 1
    export Precompile=false
    "${build[@]}"
}

# Builds the program if its sources changed, or all of what is given.
build_program() {
    local target=${1:-Cli/Cli.csproj} what=${1:+everything} now
    begin npm-web npm_packages web "$root/Web"
    npm_packages native "$root/build/npm"
    cd "$root" || exit 1
    now=$(date +%s)
    if [ $# -gt 0 ] || [ ! -f "$output/imagelibrary.dll" ] || changed_since program "${dotnet_sources[@]}"; then
        step "Building ${what:-the program} (some minutes the first time)" dotnet_build "$target"
        stamp program "$now" "${dotnet_sources[@]}"
    fi
}

# Builds the web page if its sources, or the interface of the program that it is generated from, changed.
build_page() {
    local now
    now=$(date +%s)
    finish npm-web
    if [ ! -f "$output/wwwroot/index.html" ] || changed_since web Web Api Libraries/Core; then
        step "Building the web page" build_web
        stamp web "$now" Web Api Libraries/Core
    fi
}

build_web() {
    mkdir -p "$root/Web/generated" &&
        dotnet "$output/imagelibrary.dll" openapi >"$root/Web/generated/openapi.json" &&
        npm run --prefix "$root/Web" build &&
        rm -rf "$output/wwwroot" && cp -r "$root/Web/dist" "$output/wwwroot"
}
