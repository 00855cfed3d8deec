package igdrom.driver;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.opregion.Mailbox;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionHeader;
import igdrom.formats.opregion.VbtExtent;
import igdrom.formats.opregion.VbtPointer;
import igdrom.formats.vbt.Vbt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The OpRegions that are offered to a device, of which the driver gives one to the guest.
///
/// The sources are asked in the order of [Source], but a preset OpRegion that nobody protected
/// comes last: others may have written to its memory, as after a reboot. One without a VBT is used
/// only when no other has a VBT, since a GOP without a VBT finds no display. With `embeddedWins`
/// the embedded OpRegion comes before all others, with or without a VBT.
///
/// Source: driver/src/main/c/opregion_setup.c, `setup_opregion`. `OpRegionSourcesTest` compares
/// both.
///
/// @param preset the guest's memory from where ASLS points when the driver starts; empty when ASLS
///   is not set. Memory after these bytes counts as zeros. The driver has to be able to reserve it.
/// @param presetIsReserved whether the memory map reserves all of it, so that it is as the
///   hypervisor made it
/// @param fwCfg the file `etc/igd-opregion`, empty for none
/// @param embedded the OpRegion in the ROM, empty for none
public record OpRegionSources(
        Image preset, boolean presetIsReserved, Image fwCfg, Image embedded, boolean embeddedWins) {
    private static final Location LOCATION = Location.root("OpRegion");
    private static final List<Source> PRESET_FIRST = List.of(Source.values());
    private static final List<Source> PRESET_LAST =
            List.of(Source.FW_CFG, Source.EMBEDDED, Source.PRESET);

    /// Where an OpRegion comes from, in the order in which the driver asks.
    public enum Source {
        PRESET,
        FW_CFG,
        EMBEDDED
    }

    /// The OpRegion that the guest gets.
    ///
    /// @param image all that the guest sees
    /// @param vbt where a GOP finds the VBT, null when it finds none
    public record Choice(Source source, Image image, @Nullable VbtExtent vbt) {
        /// The bytes of the VBT, empty when there is none.
        public Image vbtBytes() {
            return vbt == null ? Image.EMPTY : image.slice(vbt.offset(), vbt.size());
        }
    }

    /// The choice of the driver; empty when it accepts none.
    public Optional<Choice> choose() {
        Choice winner = embeddedWins ? accept(Source.EMBEDDED) : null;
        if (winner != null) {
            return Optional.of(winner);
        }
        List<Choice> accepted = new ArrayList<>();
        for (Source source : presetIsReserved ? PRESET_FIRST : PRESET_LAST) {
            Choice choice = accept(source);
            if (choice != null && choice.vbt() != null) {
                return Optional.of(choice);
            }
            if (choice != null) {
                accepted.add(choice);
            }
        }
        return accepted.stream().findFirst();
    }

    private @Nullable Choice accept(Source source) {
        return switch (source) {
            case PRESET -> acceptPreset();
            case FW_CFG -> acceptFile(source, fwCfg);
            case EMBEDDED -> acceptFile(source, embedded);
        };
    }

    private static @Nullable Choice acceptFile(Source source, Image file) {
        try {
            OpRegionRule rule = OpRegionRule.of(file, LOCATION);
            return new Choice(source, rule.image(), rule.vbt());
        } catch (MalformedImageException _) {
            return null;
        }
    }

    /// A preset OpRegion stays where it is and as it is, or is refused. A VBT at a physical address
    /// is outside the bytes that are known here, so it counts as outside the guest's memory.
    private @Nullable Choice acceptPreset() {
        Image memory = padded(preset, OpRegion.SIZE);
        if (!hasValidHeader(memory)) {
            return null;
        }
        OpRegion region = OpRegion.read(memory, LOCATION, new Diagnostics());
        VbtPointer pointer = region.vbtPointer().orElse(null);
        if (pointer == null) {
            Image image = memory.slice(0, OpRegion.SIZE);
            return new Choice(Source.PRESET, image, inMailbox4(region.header(), image));
        }
        long offset = pointer.address();
        long size = pointer.size();
        if (!pointer.relative()
                || offset < 0
                || offset > OpRegionRule.MAX_SIZE
                || size > OpRegionRule.MAX_SIZE - offset) {
            return null;
        }
        long end = Math.max(OpRegion.SIZE, offset + size);
        Image image = padded(memory, end).slice(0, end);
        VbtExtent vbt = whole(image.slice(offset, size), offset);
        return new Choice(
                Source.PRESET, image, vbt != null ? vbt : inMailbox4(region.header(), image));
    }

    private static Image padded(Image memory, long size) {
        return memory.size() >= size
                ? memory
                : new Emitter().image(memory).fillTo(size, 0).toImage();
    }

    private static boolean hasValidHeader(Image region) {
        return region.startsWith(OpRegionHeader.SIGNATURE)
                && region.u32(OpRegionHeader.SIZE_OFFSET) == OpRegion.SIZE / 1024
                && region.u8(OpRegionHeader.MAJOR_OFFSET) != 0;
    }

    private static @Nullable VbtExtent inMailbox4(OpRegionHeader header, Image image) {
        long offset = Mailbox.VBT.offset();
        return whole(image.slice(offset, header.mailbox4End() - offset), offset);
    }

    private static @Nullable VbtExtent whole(Image room, long offset) {
        try {
            return new VbtExtent(offset, Vbt.wholeSize(room, LOCATION));
        } catch (MalformedImageException _) {
            return null;
        }
    }
}
