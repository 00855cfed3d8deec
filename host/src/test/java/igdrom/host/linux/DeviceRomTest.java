package igdrom.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.pci.PciId;
import igdrom.host.DeviceRomImage;
import igdrom.host.Fact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceRomTest {
    private static final String PATH = "/sys/bus/pci/devices/0000:00:02.0/rom";

    @TempDir Path root;

    @Test
    void images_are_recorded_without_their_bytes() throws IOException {
        HostTree tree = new HostTree(root).functions().bytes(PATH.substring(1), vgaBios());
        HostRoot files = HostRoot.of(root);
        assertThat(new HostReader(files).readWithRom("a test").graphics().rom())
                .isEqualTo(
                        new Fact.Known<>(
                                List.of(new DeviceRomImage(0, PciId.intel(0x3e92), 1024)), PATH));
        assertThat(files.copy().files()).doesNotContainKey(PATH);
        assertThat(tree.snapshot().graphics().rom())
                .isEqualTo(new Fact.Unknown<>(PATH, "not asked for"));
    }

    @Test
    void rom_that_is_none_is_unknown_with_the_reason() throws IOException {
        new HostTree(root).functions();
        assertThat(new HostReader(HostRoot.of(root)).readWithRom("a test").graphics().rom())
                .isEqualTo(new Fact.Unknown<>(PATH, "no such file"));
        assertThat(DeviceRom.parse(Image.ofHex("ffff"), PATH))
                .isEqualTo(new Fact.Unknown<>(PATH, "header needs 0x1a bytes, 0x2 are left"));
    }

    /// A legacy ROM of 1 KiB.
    private static Image vgaBios() {
        Emitter out = new Emitter().u16(0xaa55).u8(2).fillTo(0x18, 0).u16(0x1c).fillTo(0x1c, 0);
        out.image(Image.ofAscii("PCIR")).u16(0x8086).u16(0x3e92).u16(0).u16(0x18).u8(0);
        out.u24(0x030000).u16(2).u16(0).u8(0).u8(0x80).u16(0);
        return out.fillTo(1024, 0).toImage();
    }
}
