package igdrom.bench.linux;

import igdrom.bytes.Image;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/// The guest's user space: a shell, i915 and the modules it depends on, and a script that loads
/// them and writes a report to the second serial port.
public final class Initramfs {
    /// Begins each part of the report, and marks its end; [LinuxReport] reads it.
    static final String PART = "igdrom-part ";

    /// The messages of i915 that are reported: each byte takes its time in a guest of an emulated
    /// host, and there are thousands of them.
    private static final String I915 =
            "i915.*(OpRegion|VBT|stolen|Stolen|ERROR|Initialized|Found )";

    /// How long the user space waits for i915 before it writes its report.
    public enum Patience {
        ALONE(40, 0),
        /// In a guest of an emulated host, whose way for interrupts is tested too.
        IN_HOST(2400, 240);

        private final int halfSeconds;

        /// For the first interrupt, once i915 is up.
        private final int interruptHalfSeconds;

        Patience(int halfSeconds, int interruptHalfSeconds) {
            this.halfSeconds = halfSeconds;
            this.interruptHalfSeconds = interruptHalfSeconds;
        }
    }

    private Initramfs() {}

    /// Writes the archive.
    ///
    /// @param busybox a statically linked shell with the usual commands
    /// @param modules the directory of the kernel's modules
    public static void write(Path busybox, Path modules, Patience patience, OutputStream out)
            throws IOException {
        Map<String, Image> needed = KernelModules.in(modules).closure("efivarfs", "i915");
        Cpio archive = new Cpio(out);
        archive.directory("bin")
                .directory("dev")
                .directory("proc")
                .directory("sys")
                .directory("modules");
        archive.file("bin/busybox", Image.load(busybox));
        StringBuilder load = new StringBuilder();
        for (Map.Entry<String, Image> module : needed.entrySet()) {
            String file = "modules/" + module.getKey() + ".ko";
            archive.file(file, module.getValue());
            load.append("insmod /").append(file);
            // The messages about the OpRegion are debug messages of drm.
            load.append(module.getKey().equals("drm") ? " debug=6" : "");
            load.append(module.getKey().equals("i915") ? " &" : "").append('\n');
        }
        archive.file("init", Image.ofAscii(script(load.toString(), patience))).end();
    }

    private static String script(String load, Patience patience) {
        return """
        #!/bin/busybox sh
        /bin/busybox --install -s /bin
        export PATH=/bin
        mount -t devtmpfs dev /dev
        mount -t proc proc /proc
        mount -t sysfs sys /sys
        stty -F /dev/ttyS1 raw -echo
        %s\
        mount -t efivarfs efivarfs /sys/firmware/efi/efivars
        tries=0
        while [ $tries -lt %d ] && ! dmesg | grep -q 'Initialized i915'; do
            sleep 0.5
            tries=$((tries + 1))
        done
        tries=0
        counted='/i915/ && $2 > 0 { found = 1 } END { exit !found }'
        while [ $tries -lt %d ] && ! awk "$counted" /proc/interrupts; do
            sleep 0.5
            tries=$((tries + 1))
        done
        {
            echo '%sdmesg'
            dmesg | grep -E 'Linux version|BIOS-e820|Reserving Intel|%s' | head -n 2000
            echo '%sreport'
            for file in /sys/firmware/efi/efivars/IgdromReport-*; do
                [ -e "$file" ] && hexdump -v -e '32/1 "%%02x" "\\n"' "$file"
            done
            echo '%sconfig'
            head -c 256 /sys/bus/pci/devices/0000:00:02.0/config |
                hexdump -v -e '32/1 "%%02x" "\\n"'
            echo '%sinterrupts'
            grep i915 /proc/interrupts
            echo '%send'
        } >/dev/ttyS1
        sleep 1
        poweroff -f
        """
                .formatted(
                        load,
                        patience.halfSeconds,
                        patience.interruptHalfSeconds,
                        PART,
                        I915,
                        PART,
                        PART,
                        PART,
                        PART);
    }
}
