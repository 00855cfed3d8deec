package igdrom.bench.setup;

import igdrom.bench.debian.KernelModule;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import java.io.IOException;
import java.util.List;

/// The files that a kernel starts with: busybox, the modules for an Intel GPU, and a script that
/// loads them and says what came of it.
///
/// Spec: Linux, Documentation/driver-api/early-userspace/buffer-format.rst ("newc").
///
/// What is printed on the serial port stands between lines of ours, so that it can be told from
/// what the kernel prints meanwhile: `igdrom: begin NAME`, `igdrom: end NAME`.
public final class Initramfs {
    private static final int FOLDER = 040755;
    private static final int PROGRAM = 0100755;
    private static final int FILE = 0100644;
    private static final int DEVICE = 020600;

    private final Emitter out = new Emitter();
    private int count;

    private Initramfs() {}

    /// Loads i915 with what it needs, prints, and switches the machine off.
    public static Image of(Kernel kernel) throws IOException {
        List<KernelModule> modules =
                KernelModule.inOrder(kernel.modules(), List.of("efivarfs", "i915"));
        Initramfs made = new Initramfs();
        for (String folder : List.of("bin", "dev", "proc", "sys", "modules")) {
            made.entry(folder, FOLDER, 0, Image.EMPTY);
        }
        // The kernel's own first output goes there before /dev is mounted.
        made.entry("dev/console", DEVICE, 5 << 8 | 1, Image.EMPTY);
        made.entry("bin/busybox", PROGRAM, 0, Image.load(kernel.busybox()));
        StringBuilder load = new StringBuilder();
        for (KernelModule module : modules) {
            String file = "modules/" + module.name() + ".ko";
            made.entry(file, FILE, 0, module.bytes());
            load.append("insmod /").append(file).append('\n');
        }
        made.entry("init", PROGRAM, 0, Image.ofAscii(script(load.toString())));
        made.entry("TRAILER!!!", 0, 0, Image.EMPTY);
        return made.out.toImage();
    }

    private static String script(String load) {
        return """
        #!/bin/busybox sh
        /bin/busybox --install -s /bin
        export PATH=/bin
        mount -t proc proc /proc
        mount -t sysfs sysfs /sys
        mount -t devtmpfs dev /dev
        exec >/dev/ttyS0 2>&1
        dmesg -n 1
        %s
        mount -t efivarfs efivarfs /sys/firmware/efi/efivars
        part() {
            echo "igdrom: begin $1"
            shift
            "$@"
            echo "igdrom: end"
        }
        part dmesg dmesg
        part iomem cat /proc/iomem
        part modules cat /proc/modules
        for report in /sys/firmware/efi/efivars/IgdromReport-*; do
            [ ! -e "$report" ] || part report hexdump -v -e '64/1 "%%02x" "\\n"' "$report"
        done
        echo "igdrom: done"
        poweroff -f
        """
                .formatted(load);
    }

    private void entry(String name, int mode, int device, Image bytes) {
        out.ascii("070701");
        long[] fields = {
            ++count,
            mode,
            0,
            0,
            1,
            0,
            bytes.size(),
            0,
            0,
            device >> 8,
            device & 0xff,
            name.length() + 1L,
            0
        };
        for (long field : fields) {
            out.ascii("%08x".formatted(field));
        }
        out.ascii(name).u8(0).align(4, 0).image(bytes).align(4, 0);
    }
}
