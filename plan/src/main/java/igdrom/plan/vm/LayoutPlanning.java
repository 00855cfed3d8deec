package igdrom.plan.vm;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.e820.E820Entry;
import igdrom.formats.e820.E820Map;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.pci.PciId;
import igdrom.host.MemoryRange;
import igdrom.host.Snapshot;
import igdrom.knowledge.Knowledge;
import igdrom.knowledge.LowMemory;
import igdrom.knowledge.Platform;
import igdrom.plan.Remedy;
import igdrom.plan.vm.GuestLayout.FwCfgFile;
import igdrom.plan.vm.GuestLayout.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One layout.
final class LayoutPlanning {
    private static final long MIB = 1L << 20;
    private static final long GIB4 = 1L << 32;
    private static final long PAGE = 0x1000;

    /// Firmware and loader need memory of their own below the ranges.
    private static final long LEFT_FOR_FIRMWARE = 256 * MIB;

    private final LayoutRequest request;
    private final @Nullable Snapshot host;
    private final VmLog log = new VmLog();

    /// Where low memory ends.
    private final long top;

    private final long memory;

    LayoutPlanning(LayoutRequest request, @Nullable Snapshot host) {
        this.request = request;
        this.host = host;
        this.memory = (long) request.memoryMiB() << 20;
        LowMemory low = Knowledge.lowMemory(request.machine().id());
        this.top =
                request.memoryMiB() >= low.fromMiB() ? low.limit() : Math.min(memory, low.limit());
    }

    LayoutResult plan() {
        PciId device =
                request.device() != null
                        ? request.device()
                        : host == null ? null : host.igd().id().value().orElse(null);
        Platform platform = device == null ? null : Knowledge.platformOf(device).orElse(null);
        Image opRegion = opRegion();
        if (device == null) {
            log.refuse("no GPU is known", Remedy.NAME_DEVICE);
        } else if (platform == null) {
            log.refuse(device + " is not a known Intel GPU");
        }
        if (opRegion.isEmpty()) {
            log.refuse("no OpRegion is known", Remedy.GIVE_OPREGION);
        }
        if (device == null || platform == null || opRegion.isEmpty()) {
            return new LayoutResult.Refused(log.messages());
        }
        MemoryRange hostStolen = platform.stolenInGuest() ? hostStolen(platform) : null;
        MemoryRange stolen =
                hostStolen == null ? null : place(hostStolen, MIB, top, "stolen memory");
        long size = roundedUp(opRegion.size());
        long below = stolen == null || stolen.base() + stolen.size() < top ? top : stolen.base();
        MemoryRange region =
                place(
                        new MemoryRange(Math.max(asls(), PAGE), size),
                        PAGE,
                        below,
                        "the OpRegion",
                        stolen);
        if (log.isRefused() || region == null) {
            return new LayoutResult.Refused(log.messages());
        }
        boolean identical =
                stolen != null && hostStolen != null && stolen.base() == hostStolen.base();
        if (stolen != null && !identical && platform.baseCompared()) {
            log.warn(
                    "stolen memory is not where the host has it, and drivers for "
                            + platform.family()
                            + " compare its base with registers that keep the host's value");
        }
        log.note(
                "OVMF before 2026 takes low memory as one block, with the reserved entries in it;"
                        + " newer ones keep them apart. The driver in the ROM copes with both");
        return new GuestLayout(
                device,
                platform,
                region,
                stolen,
                identical,
                map(region, stolen),
                files(opRegion, stolen),
                registers(platform, region, stolen),
                log.messages());
    }

    private Image opRegion() {
        Image given = request.opRegion();
        Image region =
                given != null
                        ? given
                        : host == null ? Image.EMPTY : host.opRegion().value().orElse(Image.EMPTY);
        return OpRegion.looksLikeOpRegion(region, 0) && region.size() >= OpRegion.SIZE
                ? region
                : Image.EMPTY;
    }

    /// The host's stolen memory, with base 0 when only its size is known; null when that is not.
    private @Nullable MemoryRange hostStolen(Platform platform) {
        Optional<MemoryRange> known = host == null ? Optional.empty() : host.stolenMemory().value();
        Long size = request.stolenSize();
        if (size == null) {
            size =
                    new HostSide(host)
                            .stolenSize(platform)
                            .orElse(known.map(MemoryRange::size).orElse(0L));
        }
        Long base = request.stolenBase();
        if (base == null) {
            base = known.map(MemoryRange::base).orElse(0L);
        }
        if (size <= 0) {
            log.refuse(
                    "the size of stolen memory is not known",
                    Remedy.GIVE_SNAPSHOT,
                    Remedy.GIVE_STOLEN_BASE);
            return null;
        }
        return new MemoryRange(base, size);
    }

    private long asls() {
        Optional<Image> config = host == null ? Optional.empty() : host.igd().config().value();
        if (config.isEmpty() || config.get().size() < OpRegion.ASLS + 4) {
            return 0;
        }
        long value = config.get().u32(OpRegion.ASLS);
        return value == 0xffff_ffffL || value % PAGE != 0 ? 0 : value;
    }

    private @Nullable MemoryRange place(MemoryRange wanted, long alignment, long end, String what) {
        return place(wanted, alignment, end, what, null);
    }

    /// At the wanted address where the guest has memory there, else as high as possible.
    private @Nullable MemoryRange place(
            MemoryRange wanted,
            long alignment,
            long end,
            String what,
            @Nullable MemoryRange taken) {
        boolean fits =
                wanted.base() % alignment == 0
                        && wanted.base() >= LEFT_FOR_FIRMWARE
                        && wanted.base() + wanted.size() <= top
                        && (taken == null || !overlap(wanted, taken));
        if (fits) {
            return wanted;
        }
        long base = Math.max(0, end - wanted.size()) / alignment * alignment;
        if (taken != null && overlap(new MemoryRange(base, wanted.size()), taken)) {
            base = Math.max(0, taken.base() - wanted.size()) / alignment * alignment;
        }
        if (base < LEFT_FOR_FIRMWARE) {
            log.refuse(
                    "a guest with %d MiB has no room for %s of 0x%x bytes"
                            .formatted(request.memoryMiB(), what, wanted.size()));
            return null;
        }
        return new MemoryRange(base, wanted.size());
    }

    private static boolean overlap(MemoryRange one, MemoryRange other) {
        return one.base() < other.base() + other.size() && other.base() < one.base() + one.size();
    }

    private static long roundedUp(long size) {
        return (size + PAGE - 1) / PAGE * PAGE;
    }

    private E820Map map(MemoryRange region, @Nullable MemoryRange stolen) {
        List<E820Entry> holes = new ArrayList<>();
        holes.add(E820Entry.of(region.base(), region.size(), E820Entry.Type.NVS));
        if (stolen != null) {
            holes.add(E820Entry.of(stolen.base(), stolen.size(), E820Entry.Type.RESERVED));
        }
        holes.sort(Comparator.comparingLong(E820Entry::base));
        List<E820Entry> entries = new ArrayList<>();
        long at = 0;
        for (E820Entry hole : holes) {
            if (hole.base() > at) {
                entries.add(E820Entry.of(at, hole.base() - at, E820Entry.Type.RAM));
            }
            entries.add(hole);
            at = hole.base() + hole.size();
        }
        if (at < top) {
            entries.add(E820Entry.of(at, top - at, E820Entry.Type.RAM));
        }
        if (memory > top) {
            entries.add(E820Entry.of(GIB4, memory - top, E820Entry.Type.RAM));
        }
        return new E820Map(entries);
    }

    private static List<FwCfgFile> files(Image opRegion, @Nullable MemoryRange stolen) {
        List<FwCfgFile> files = new ArrayList<>();
        files.add(new FwCfgFile("etc/igd-opregion", opRegion));
        if (stolen != null) {
            files.add(new FwCfgFile("etc/igd-bdsm-size", number(stolen.size())));
            files.add(new FwCfgFile("etc/igd-stolen-base", number(stolen.base())));
        }
        return files;
    }

    private static Image number(long value) {
        return new Emitter().u64(value).toImage();
    }

    private static List<Register> registers(
            Platform platform, MemoryRange region, @Nullable MemoryRange stolen) {
        List<Register> registers = new ArrayList<>();
        registers.add(
                new Register("ASLS", "config 0x%x".formatted(OpRegion.ASLS), 32, region.base()));
        Platform.StolenBase base = platform.stolenBase();
        if (base != null && stolen != null) {
            registers.add(
                    new Register(
                            "BDSM",
                            "config 0x%x".formatted(base.offset()),
                            base.bits(),
                            stolen.base()));
            registers.add(
                    new Register(
                            "BDSM mirror",
                            "BAR0 0x%x".formatted(base.mirror()),
                            base.bits(),
                            stolen.base()));
        }
        return registers;
    }
}
