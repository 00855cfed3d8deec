# The functions that the guest gets, by their addresses on the host.
FUNCTIONS="@FUNCTIONS@"
SYS=${IGDROM_SYS:-/sys}
STATE=${IGDROM_STATE:-/run/igdrom}/@GUEST@

# The driver of a function; nothing when it has none.
driver_of() {
    [ -e "$SYS/bus/pci/devices/$1/driver" ] || return 0
    basename "$(readlink "$SYS/bus/pci/devices/$1/driver")"
}

# Text consoles on a framebuffer: 0 takes them away from the GPU, 1 gives them back.
consoles() {
    for console in "$SYS"/class/vtconsole/vtcon*; do
        [ -e "$console/name" ] || continue
        if grep -q 'frame buffer' "$console/name"; then
            echo "$1" > "$console/bind" || true
        fi
    done
}

# Before the guest starts: remember who has the functions, and take the consoles off the GPU, since
# unbinding its driver below a console can stop the host.
take() {
    mkdir -p "$STATE" || return 1
    busy=
    for function in $FUNCTIONS; do
        if [ ! -e "$SYS/bus/pci/devices/$function" ]; then
            echo "igdrom: the host has no $function" >&2
            return 1
        fi
        driver=$(driver_of "$function")
        # A second start without a stop in between must not replace what the first one saw.
        if [ ! -e "$STATE/$function" ] || [ "$driver" != vfio-pci ]; then
            echo "$driver" > "$STATE/$function"
        fi
        case $driver in
            '' | vfio-pci) ;;
            *) busy=yes ;;
        esac
    done
    [ -z "$busy" ] || consoles 0
}

# Hands one function to vfio-pci, for a hypervisor that does not do it itself.
bind_vfio() {
    device=$SYS/bus/pci/devices/$1
    [ "$(driver_of "$1")" != vfio-pci ] || return 0
    echo vfio-pci > "$device/driver_override" || return 1
    [ ! -e "$device/driver" ] || echo "$1" > "$device/driver/unbind"
    echo "$1" > "$SYS/bus/pci/drivers_probe"
}

# After the guest has stopped: give each function back to the driver that it had.
give_back() {
    given=
    for function in $FUNCTIONS; do
        [ -e "$STATE/$function" ] || continue
        before=$(cat "$STATE/$function")
        device=$SYS/bus/pci/devices/$function
        rm -f "$STATE/$function"
        # Without a driver before, or with vfio-pci, it stays where it is.
        case $before in
            '' | vfio-pci) continue ;;
        esac
        given=yes
        if [ "$(driver_of "$function")" != "$before" ]; then
            echo > "$device/driver_override" || true
            [ ! -e "$device/driver" ] || echo "$function" > "$device/driver/unbind" || true
            echo "$function" > "$SYS/bus/pci/drivers_probe" || true
            tries=20
            while [ "$(driver_of "$function")" != "$before" ] && [ "$tries" -gt 0 ]; do
                sleep 0.1
                tries=$((tries - 1))
            done
        fi
        now=$(driver_of "$function")
        if [ "$now" != "$before" ]; then
            echo "igdrom: $function went to '$now', not back to '$before': see dmesg" >&2
        fi
    done
    [ -z "$given" ] || consoles 1
    # A stopped guest stays stopped, whatever happened here.
    return 0
}
