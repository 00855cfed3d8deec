#!/bin/sh
# Records what igdrom must know about a FreeBSD host that hands its Intel graphics to a guest.
#
#   sh freebsd.sh > host.txt        as root: config space and ACPI tables need it
#
# It only reads. It prints no host name, and takes serial numbers, UUIDs and MAC addresses out of
# what it prints. Read the result with: igdrom doctor --from host.txt
set -u
LC_ALL=C
PATH="$PATH:/sbin:/usr/sbin:/usr/local/sbin"
export LC_ALL PATH

# Where the files are; a test uses a directory of its own.
root="${IGDROM_ROOT:-}"

section() {
    printf '\n== %s\n' "$1"
}

# A command that fails leaves its message, which is a reason too.
run() {
    "$@" 2>&1
}

# The host name as a regular expression, or one that matches nothing.
name=$(hostname 2>/dev/null | sed 's/[^A-Za-z0-9_-]/\\&/g')
[ -n "$name" ] || name='^$'

without_identifiers() {
    sed -E \
        -e 's/(= Serial [0-9]+) .*/\1 removed/' \
        -e 's/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/removed/g' \
        -e 's/(^|[^0-9A-Fa-f:])([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}($|[^0-9A-Fa-f:])/\1removed\3/g'
}

# Lines of configuration files that matter, each after its file.
settings() {
    pattern="$1"
    shift
    for file in "$@"; do
        [ -r "$root$file" ] || continue
        grep -E "$pattern" "$root$file" | while IFS= read -r line; do
            printf '%s: %s\n' "$file" "$line"
        done
    done | sed -E "s/(^|[^A-Za-z0-9_.-])$name(\$|[^A-Za-z0-9_.-])/\\1removed\\2/g"
}

record() {
    printf 'igdrom facts of a FreeBSD host, 1\n'

    section uname
    run uname -srm

    section sysctl
    for variable in hw.model hw.intel_graphics_stolen_base hw.intel_graphics_stolen_size \
        machdep.bootmethod kern.vm_guest hw.vmm.iommu.enable hw.vmm.iommu.initialized \
        hw.vmm.vmx.initialized hw.dmar.enable; do
        run sysctl -i "$variable"
    done

    section kenv
    for variable in smbios.system.maker smbios.system.product smbios.planar.product \
        smbios.bios.version smbios.bios.reldate; do
        printf '%s="%s"\n' "$variable" "$(kenv -q "$variable" 2>/dev/null)"
    done

    section pciconf
    run pciconf -lvbc

    for function in pci0:0:0:0 pci0:0:2:0 pci0:0:31:0; do
        section "config $function"
        run pciconf -r "$function" 0x0:0xfc
    done

    section modules
    run kldstat | awk 'NR > 1 { print $NF }'

    section settings
    settings '^[^#]*(vmm|pptdevs|ppt|dmar|iommu|i915|drm|kld_list|vm_list)' \
        /boot/loader.conf /boot/loader.conf.local "$@" /etc/rc.conf

    # DMAR as acpidump decodes it; of other tables the names. MSDM, which has a key, is not shown.
    section acpidump
    run acpidump -t | awk '
        /^  [A-Z0-9_!]+: Length=/ { table = $1; print; next }
        table == "DMAR:" { print }'

    section firmware
    for file in "$root"/usr/local/share/uefi-firmware/*.fd; do
        [ ! -e "$file" ] || printf '%s\n' "${file#"$root"}"
    done
}

set --
for file in "$root"/boot/loader.conf.d/*.conf; do
    [ -e "$file" ] && set -- "$@" "${file#"$root"}"
done
record "$@" | without_identifiers
