# shellcheck shell=sh
# Sourced by ./igdrom, ./verify and ./measure: finds the JDK to use. Starts no process unless all else
# fails; needs a function `fail` that says why and exits.

# jdk_version HOME: the number of the feature release in `version`, or 0.
jdk_version() {
    version=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS= read -r line; do
        case $line in
        JAVA_VERSION=\"*)
            version=${line#JAVA_VERSION=\"}
            version=${version%%[!0-9]*}
            : "${version:=0}"
            return 0
            ;;
        esac
    done <"$1/release"
}

# Sets `java_home` to the JDK to use. One that the user names must do; else the newest that is found.
find_jdk() {
    if [ -n "${IGDROM_JAVA_HOME-}" ]; then
        java_home=$IGDROM_JAVA_HOME
        jdk_version "$java_home"
        [ "$version" -ge 25 ] || fail "IGDROM_JAVA_HOME=$java_home is not a JDK 25 or newer"
        return 0
    fi
    if [ -n "${JAVA_HOME-}" ]; then
        java_home=$JAVA_HOME
        jdk_version "$java_home"
        [ "$version" -lt 25 ] || return 0
    fi
    best=24
    for candidate in /usr/lib/jvm/*2[5-9]* /usr/lib/jvm/*[3-9][0-9]* /usr/lib64/jvm/* \
        /usr/java/* /opt/java/* /opt/*jdk* "${HOME-}"/.jdks/* "${HOME-}"/.sdkman/candidates/java/*; do
        jdk_version "$candidate"
        if [ "$version" -gt "$best" ]; then
            best=$version
            java_home=$candidate
        fi
    done
    [ "$best" -eq 24 ] || return 0
    if on_path=$(command -v java) && on_path=$(readlink -f "$on_path"); then
        java_home=${on_path%/bin/java}
        jdk_version "$java_home"
        [ "$version" -lt 25 ] || return 0
    fi
    fail "no JDK 25 or newer found: install the package openjdk-25-jdk where your distribution has it," \
        "else Eclipse Temurin 25, or set IGDROM_JAVA_HOME to one"
}
