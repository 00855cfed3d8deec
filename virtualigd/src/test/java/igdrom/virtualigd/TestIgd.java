package igdrom.virtualigd;

import static org.assertj.core.api.Assertions.assertThat;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Memory;
import igdrom.formats.pci.PciId;
import igdrom.vfiouser.wire.DeviceReset;
import igdrom.vfiouser.wire.RegionData;
import igdrom.vfiouser.wire.RegionRead;
import igdrom.vfiouser.wire.RegionWrite;
import igdrom.vfiouser.wire.Reply;

/// A virtual IGD whose guest is the test.
final class TestIgd {
    static final int APERTURE = 8 << 20;

    final Memory aperture = Memory.ofSize(APERTURE);
    final VirtualIgd device;

    TestIgd(IgdModel model) {
        device = new VirtualIgd(model, aperture);
    }

    static TestIgd of(String device) {
        return new TestIgd(IgdModel.of(PciId.of(device)));
    }

    Image read(int region, long offset, int count) {
        Reply reply = device.handle(new RegionRead(offset, region, count));
        assertThat(reply).isInstanceOf(RegionData.class);
        return ((RegionData) reply).data();
    }

    void write(int region, long offset, Image data) {
        assertThat(device.handle(new RegionWrite(offset, region, data)))
                .isInstanceOf(Reply.Done.class);
    }

    long config(long offset) {
        return read(VirtualIgd.CONFIG, offset, 4).u32(0);
    }

    void config(long offset, long value) {
        write(VirtualIgd.CONFIG, offset, new Emitter().u32(value).toImage());
    }

    long register(long offset) {
        return read(0, offset, 4).u32(0);
    }

    void register(long offset, long value) {
        write(0, offset, new Emitter().u32(value).toImage());
    }

    void reset() {
        assertThat(device.handle(new DeviceReset())).isInstanceOf(Reply.Done.class);
    }
}
