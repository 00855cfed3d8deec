package igdrom.host.linux;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import igdrom.host.Snapshot;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/// A made-up Coffee Lake board: the files that a snapshot is read from.
public final class HostTree {
    static final long ASLS = 0x8d00_0000L;

    private final Path root;

    public HostTree(Path root) {
        this.root = root;
    }

    public static Image vbt() {
        Emitter out = new Emitter();
        new VbtBuilder("COFFEELAKE", 228)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(out);
        return out.toImage();
    }

    public static Image opRegion() {
        Emitter out = new Emitter();
        OpRegionBuilder.around(vbt()).write(out);
        return out.toImage();
    }

    public static Image config() {
        Emitter out = new Emitter().u16(0x8086).u16(0x3e92).fillTo(8, 0).u8(0).u24(0x030000);
        out.fillTo(0x50, 0).u16(0x02c1).fillTo(0x5c, 0).u32(0x8d80_0001L);
        return out.fillTo(0xfc, 0).u32(ASLS).fillTo(0x1000, 0xee).toImage();
    }

    public HostTree functions() throws IOException {
        function("0000:00:00.0", "0x3ec2", "0x060000", Image.ofHex("8680c23e"));
        function("0000:00:02.0", "0x3e92", "0x030000", config());
        function("0000:00:1f.0", "0xa304", "0x060100", Image.ofHex("868004a3"));
        return this;
    }

    public HostTree function(String address, String device, String classCode, Image config)
            throws IOException {
        String directory = "sys/bus/pci/devices/" + address + "/";
        write(directory + "vendor", "0x8086\n");
        write(directory + "device", device + "\n");
        write(directory + "class", classCode + "\n");
        write(directory + "revision", "0x0a\n");
        write(directory + "subsystem_vendor", "0x1462\n");
        write(directory + "subsystem_device", "0x7b17\n");
        return bytes(directory + "config", config);
    }

    public HostTree debugFiles() throws IOException {
        bytes("sys/kernel/debug/dri/0/i915_opregion", opRegion());
        return bytes("sys/kernel/debug/dri/0/i915_vbt", vbt());
    }

    public HostTree iomem(String line) throws IOException {
        return write("proc/iomem", "00000000-00000fff : Reserved\n" + line + "\nfed00000-ff : x\n");
    }

    /// Adds `bytes` at `address` of physical memory, after a hole.
    public HostTree memory(long address, Image bytes) throws IOException {
        Files.createDirectories(root.resolve("dev"));
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("dev/mem").toFile(), "rw")) {
            file.seek(address);
            file.write(bytes.toByteArray());
        }
        return this;
    }

    public HostTree write(String path, String text) throws IOException {
        return bytes(path, Image.ofAscii(text));
    }

    public HostTree bytes(String path, Image image) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, image.toByteArray());
        return this;
    }

    public Snapshot snapshot() {
        return new HostReader(HostRoot.of(root)).read("a test");
    }
}
