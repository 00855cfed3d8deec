package igdrom.formats.vbt;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The decoded blocks of a VBT. A missing or broken block is null.
///
/// @param outputs the child devices that the board has, in the order of the table
/// @param mipiSequenceVersion the version of block 53, 0 when it is missing
public record VbtContent(
        @Nullable GeneralFeatures features,
        @Nullable GeneralDefinitions definitions,
        @Nullable DriverFeatures driver,
        @Nullable LfpOptions lfpOptions,
        List<Output> outputs,
        int mipiSequenceVersion) {
    public VbtContent {
        outputs = List.copyOf(outputs);
    }

    /// All child devices, including absent ones.
    public List<ChildDevice> devices() {
        return definitions == null ? List.of() : definitions.devices();
    }

    /// Decodes the blocks of a VBT that concern users.
    ///
    /// @param location the location of the VBT
    public static VbtContent read(Vbt vbt, Location location, Diagnostics diagnostics) {
        Bdb bdb = vbt.bdb();
        Location bdbLocation = location.in("BDB", vbt.header().bdbOffset());
        GeneralDefinitions definitions = definitions(bdb, bdbLocation, diagnostics);
        LfpOptions options =
                bdb.block(BdbBlock.LFP_OPTIONS)
                        .map(block -> LfpOptions.read(block, bdb.version()))
                        .orElse(null);
        return new VbtContent(
                bdb.block(BdbBlock.GENERAL_FEATURES)
                        .map(block -> GeneralFeatures.read(block, bdb.version()))
                        .orElse(null),
                definitions,
                bdb.block(BdbBlock.DRIVER_FEATURES)
                        .map(block -> DriverFeatures.read(block, bdb.version()))
                        .orElse(null),
                options,
                outputs(vbt, definitions, options, bdbLocation, diagnostics),
                bdb.block(BdbBlock.MIPI_SEQUENCE).map(block -> block.padded(1).u8(0)).orElse(0));
    }

    private static @Nullable GeneralDefinitions definitions(
            Bdb bdb, Location location, Diagnostics diagnostics) {
        Optional<BdbBlock> found = bdb.block(BdbBlock.GENERAL_DEFINITIONS);
        if (found.isEmpty()) {
            diagnostics.broken(location, 0, "block 2 is missing: the outputs are unknown");
            return null;
        }
        BdbBlock block = found.get();
        Location inside = location.in("block 2", block.offset() + BdbBlock.HEADER_SIZE);
        try {
            return GeneralDefinitions.read(block.data(), bdb.version(), inside, diagnostics);
        } catch (MalformedImageException e) {
            diagnostics.add(e.diagnostic());
            return null;
        }
    }

    private static List<Output> outputs(
            Vbt vbt,
            @Nullable GeneralDefinitions definitions,
            @Nullable LfpOptions options,
            Location location,
            Diagnostics diagnostics) {
        List<Output> outputs = new ArrayList<>();
        if (definitions == null) {
            return outputs;
        }
        boolean namesTypeC = namesTypeC(vbt.header().platform());
        for (ChildDevice device : definitions.devices()) {
            if (device.isAbsent()) {
                continue;
            }
            DeviceType.Kind kind = device.type().kind();
            Panel panel = null;
            if (options != null && kind.isPanel()) {
                int index = options.panelOf(device);
                panel = panel(vbt.bdb(), index, options, kind, location, diagnostics);
            }
            String typeC = namesTypeC ? device.port().flatMap(DvoPort::typeC).orElse("") : "";
            outputs.add(new Output(device, typeC, panel));
        }
        return outputs;
    }

    /// Whether the platform numbers its Type-C ports: from Alder Lake P on. Alder Lake S, which has
    /// none, has the name of Tiger Lake.
    private static boolean namesTypeC(String platform) {
        return switch (platform) {
            case "ALDERLAKE-P", "METEORLAKE", "ARROWLAKE", "LUNARLAKE", "PANTHERLAKE" -> true;
            default -> false;
        };
    }

    private static @Nullable Panel panel(
            Bdb bdb,
            int index,
            LfpOptions options,
            DeviceType.Kind kind,
            Location location,
            Diagnostics diagnostics) {
        if (index >= LfpOptions.MAX_PANELS) {
            return null;
        }
        Timing timing = genericTiming(bdb, index);
        PnpId id = null;
        String name = "";
        Optional<BdbBlock> block = bdb.block(BdbBlock.LFP_DATA);
        Optional<LfpLayout> layout =
                block.flatMap(data -> LfpLayout.of(bdb, data, location, diagnostics));
        if (block.isPresent() && layout.isPresent()) {
            Image data = block.get().data();
            LfpLayout at = layout.get();
            Image entry = data.slice(at.first() + index * at.entrySize(), at.entrySize());
            Timing dtd = Timing.ofDtd(entry.slice(at.dtd(), Timing.DTD_SIZE));
            timing = timing == null && dtd.isSet() ? dtd : timing;
            id = PnpId.of(entry.slice(at.pnp(), PnpId.SIZE));
            if (at.names() != 0) {
                long nameAt = at.names() + (long) index * LfpLayout.NAME_SIZE;
                name = Text.printable(data.slice(nameAt, LfpLayout.NAME_SIZE));
            }
        }
        return new Panel(
                index,
                name,
                id,
                timing,
                options.bitsPerPixel(index),
                options.seamlessRefresh(index),
                options.rotation(index),
                kind == DeviceType.Kind.EDP
                        ? bdb.block(BdbBlock.EDP)
                                .map(edp -> EdpLink.read(edp, index, bdb.version()))
                                .orElse(null)
                        : null,
                bdb.block(BdbBlock.LFP_BACKLIGHT)
                        .map(backlight -> Backlight.read(backlight, index))
                        .orElse(null),
                kind == DeviceType.Kind.DSI && index < MipiLink.MAX_PANELS
                        ? bdb.block(BdbBlock.MIPI_CONFIGURATION)
                                .map(mipi -> MipiLink.read(mipi, index))
                                .orElse(null)
                        : null);
    }

    /// The timing in block 58, which replaces that of block 42 (BDB 229).
    private static @Nullable Timing genericTiming(Bdb bdb, int index) {
        Optional<BdbBlock> block = bdb.block(BdbBlock.GENERIC_DTD);
        if (block.isEmpty() || bdb.version() < 229) {
            return null;
        }
        Image data = block.get().padded(2);
        int size = data.u16(0);
        long at = 2 + (long) index * size;
        if (size < Timing.GENERIC_SIZE || at + size > data.size()) {
            return null;
        }
        Timing timing = Timing.ofGeneric(data.slice(at, size));
        return timing.isSet() ? timing : null;
    }
}
