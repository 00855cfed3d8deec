package igdrom.bench.linux;

import igdrom.bench.HostDisk;
import igdrom.bytes.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.XZInputStream;

/// KVM on the disk of a host whose processor QEMU emulates, see [KvmModule].
public final class HostKvm {
    private static final String MODULES = "/usr/lib/modules/";
    private static final String MODULE = "/kernel/arch/x86/kvm/kvm-amd.ko.xz";
    private static final int MAX_BYTES = 64 << 20;

    private HostKvm() {}

    /// Changes the module of every kernel. The name stays; kmod and the kernel look at the bytes.
    public static void keepCr8Intercept(HostDisk disk, Path work)
            throws IOException, InterruptedException {
        for (String version : disk.list(MODULES)) {
            String path = MODULES + version + MODULE;
            Path original = disk.copy(path, work.resolve("kvm-amd.ko.xz"));
            Image module;
            try (InputStream in = new XZInputStream(Files.newInputStream(original))) {
                module = Image.of(in.readNBytes(MAX_BYTES));
            }
            Path changed = work.resolve("kvm-amd.ko");
            try (OutputStream out = Files.newOutputStream(changed)) {
                KvmModule.keepingCr8Intercept(module).writeTo(out);
            }
            disk.replace(path, changed);
        }
    }
}
