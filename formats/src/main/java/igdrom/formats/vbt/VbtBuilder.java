package igdrom.formats.vbt;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes small VBTs that drivers accept: general features, child devices, one panel and a valid
/// checksum.
public final class VbtBuilder {
    private static final int HEADER_SIZE = 0x30;
    private static final int VERSION = 100;

    private final String platform;
    private final int bdbVersion;
    private final List<ChildDevice> devices = new ArrayList<>();
    private final List<Emitter> blocks = new ArrayList<>();
    private @Nullable Timing panel;
    private String panelName = "";

    /// @param platform as in the signature, for example `ALDERLAKE-P`; at most 15 characters
    public VbtBuilder(String platform, int bdbVersion) {
        if (platform.length() > VbtHeader.SIGNATURE_SIZE - 5) {
            throw new IllegalArgumentException("a platform has at most 15 characters: " + platform);
        }
        this.platform = platform;
        this.bdbVersion = bdbVersion;
    }

    public VbtBuilder device(
            int handle, DeviceType type, DvoPort port, int ddcPin, int auxChannel) {
        devices.add(ChildDevice.of(bdbVersion, handle, type, port, ddcPin, auxChannel));
        return this;
    }

    /// Describes the panel of LFP 1, as panel 0 of the tables.
    public VbtBuilder panel(Timing timing, String name) {
        this.panel = timing;
        panelName = name;
        return this;
    }

    /// Adds a block after the others.
    public VbtBuilder block(int id, Image data) {
        blocks.add(blockOf(id, data));
        return this;
    }

    public Vbt build() {
        Emitter bdb = new Emitter().image(Bdb.SIGNATURE).u8(' ');
        bdb.u16(bdbVersion).u16(Bdb.HEADER_SIZE).u16(0);
        bdb.image(blockOf(BdbBlock.GENERAL_FEATURES, features()).toImage());
        bdb.image(blockOf(BdbBlock.GENERAL_DEFINITIONS, definitions()).toImage());
        if (panel != null) {
            bdb.image(blockOf(BdbBlock.LFP_OPTIONS, LfpOptions.of(0)).toImage());
            Image pointers = LfpLayout.pointersBefore(bdb.position());
            bdb.image(blockOf(BdbBlock.LFP_DATA_POINTERS, pointers).toImage());
            bdb.image(blockOf(BdbBlock.LFP_DATA, panelData(panel)).toImage());
        }
        blocks.forEach(block -> bdb.image(block.toImage()));
        bdb.patch(Bdb.BDB_SIZE_OFFSET, u16(bdb.position()));

        Emitter out = new Emitter().image(VbtHeader.SIGNATURE).u8(' ').ascii(platform);
        out.fillTo(VbtHeader.SIGNATURE_SIZE, ' ').u16(VERSION).u16(HEADER_SIZE);
        out.u16(Math.toIntExact(HEADER_SIZE + bdb.position())).u8(0).u8(0).u32(HEADER_SIZE);
        out.fillTo(HEADER_SIZE, 0).image(bdb.toImage());
        int checksum = -out.toImage().sum8() & 0xff;
        out.patch(VbtHeader.CHECKSUM_OFFSET, new Emitter().u8(checksum).toImage());
        return Vbt.read(out.toImage(), Location.root("built"), new Diagnostics());
    }

    private static Image features() {
        // Panel fitting for text and graphics; integrated DisplayPort and HDMI.
        return new Emitter().u8(3).u8(0).u8(0).u8(1).u8(4).fill(0, 5).toImage();
    }

    private Image definitions() {
        Emitter out = new Emitter();
        new GeneralDefinitions(2, 0, 0, ChildDevice.expectedSize(bdbVersion), devices, Image.EMPTY)
                .write(out);
        return out.toImage();
    }

    private Image panelData(Timing timing) {
        Emitter out = new Emitter();
        for (int entry = 0; entry < LfpOptions.MAX_PANELS; entry++) {
            out.u16(timing.width()).u16(timing.height()).fill(0, 32).u16(0xffff);
            timing.writeDtd(out);
            // Manufacturer IGD, product 1, year 2026.
            out.u16(0xe424).u16(1).u32(0).u8(0).u8(36);
        }
        for (int entry = 0; entry < LfpOptions.MAX_PANELS; entry++) {
            long end = out.position() + LfpLayout.NAME_SIZE;
            out.ascii(panelName).fillTo(end, 0);
        }
        return out.toImage();
    }

    private static Emitter blockOf(int id, Image data) {
        return new Emitter().u8(id).u16(Math.toIntExact(data.size())).image(data);
    }

    private static Image u16(long value) {
        return new Emitter().u16(Math.toIntExact(value)).toImage();
    }
}
