package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.SignaturePrefixes;
import igdrom.firmware.Artifact.Origin;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.formats.cbfs.CbfsFile;
import igdrom.formats.fv.Section;
import igdrom.formats.fv.SectionPart;
import igdrom.formats.fv.SectionType;
import igdrom.formats.fv.Volume;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.oprom.OptionRom;
import igdrom.formats.pe.Executable;
import igdrom.formats.vbt.Vbt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One pass over data, for structures by their signatures.
///
/// What was read as a structure is not passed over again, even where nothing came of it: its reader
/// has looked at all that is in it. Else structures in structures would be read twice as often with
/// each level.
final class Scan {
    // The first bytes of the signatures.
    private static final int VOLUME_SIGNATURE = '_';
    private static final int VBT_SIGNATURE = '$';
    private static final int ROM_SIGNATURE = 0x55;
    private static final int PE_SIGNATURE = 'M';
    private static final int TE_SIGNATURE = 'V';
    private static final int DESCRIPTOR_SIGNATURE = 0x5a;
    private static final int CBFS_SIGNATURE = 'L';
    private static final int PFS_SIGNATURE = 'P';
    private static final int DELL_SIGNATURE = 0xee;
    private static final int UCP_SIGNATURE = '@';

    /// Where the signatures stand in their structures.
    private static final int VOLUME_SIGNATURE_AT = 0x28;

    private static final int DESCRIPTOR_SIGNATURE_AT = 0x10;
    private static final int GUID_AT = 4;
    private static final int EXTENDED_GUID_AT = 8;

    /// The size of a section whose header has another, larger one.
    private static final int EXTENDED_MARK = 0xffffff;

    /// What a signature, or the GUID of a packed section, begins with.
    private static final SignaturePrefixes STARTS =
            GuidedKind.addTo(
                    new SignaturePrefixes()
                            .with(VOLUME_SIGNATURE, 'F')
                            .with(VBT_SIGNATURE, 'V')
                            .with(ROM_SIGNATURE, 0xaa)
                            .with(PE_SIGNATURE, 'Z')
                            .with(TE_SIGNATURE, 'Z')
                            .with(DESCRIPTOR_SIGNATURE, 0xa5)
                            .with(CBFS_SIGNATURE, 'A')
                            .with(VOLUME_SIGNATURE, 'A') // _AMIPFAT
                            .with(VBT_SIGNATURE, '_') // $_IFLASH
                            .with(PFS_SIGNATURE, 'F')
                            .with(DELL_SIGNATURE, 0xaa)
                            .with(UCP_SIGNATURE, 'U')
                            .with(UCP_SIGNATURE, 'H'));

    private final Explorer explorer;
    private final Image data;
    private final boolean findsOnly;
    private final Location location;
    private final BranchBuilder node;
    private final GopMarks marks;

    /// Where the structure that was read last ends.
    private long floor;

    /// @param findsOnly whether only what holds a find becomes part of `node`
    Scan(Explorer explorer, Image data, boolean findsOnly, Location location, BranchBuilder node) {
        this.explorer = explorer;
        this.data = data;
        this.findsOnly = findsOnly;
        this.location = location;
        this.node = node;
        this.marks = new GopMarks(data);
    }

    /// Reads the structures whose signatures stand between `start` and `end`; they may go on behind
    /// it.
    void run(long start, long end) {
        floor = start;
        long at = data.indexOfAny(STARTS, start);
        while (at >= 0 && at < end) {
            Explorer.Reading found = tryAt(at);
            if (found != null) {
                Branch branch = found.branch();
                if (branch != null && !(findsOnly && isNothing(branch))) {
                    if (!explorer.budget().takeNode()) {
                        node.add(Explorer.tooManyParts(location, at));
                        return;
                    }
                    node.add(branch);
                }
                floor = Math.max(found.end(), at + 1);
                at = floor - 1;
            }
            at = data.indexOfAny(STARTS, at + 1);
        }
    }

    /// Whether it holds nothing that somebody looks for. An update that holds nothing is worth
    /// knowing of.
    private static boolean isNothing(Branch branch) {
        return branch.artifacts().isEmpty() && branch.node().type() != Node.Type.UPDATE;
    }

    private Explorer.@Nullable Reading tryAt(long at) {
        try {
            return switch (data.u8(at)) {
                case VOLUME_SIGNATURE ->
                        data.u8(at + 1) == 'F' ? volume(at - VOLUME_SIGNATURE_AT) : update(at);
                case DESCRIPTOR_SIGNATURE -> flash(at);
                case VBT_SIGNATURE -> Vbt.looksLikeVbt(data, at) ? vbt(at) : update(at);
                case DELL_SIGNATURE, UCP_SIGNATURE -> update(at);
                case PFS_SIGNATURE -> {
                    Explorer.Reading found = update(at);
                    yield found != null ? found : orphan(at);
                }
                case ROM_SIGNATURE ->
                        OptionRom.looksLikeRom(data, at)
                                ? explorer.programs().rom(data, at, location, explorer.scanner())
                                : null;
                case CBFS_SIGNATURE ->
                        CbfsFile.looksLikeFile(data, at)
                                ? explorer.cbfs().file(data, at, location)
                                : null;
                case PE_SIGNATURE -> Executable.looksLikePe(data, at) ? program(at) : null;
                case TE_SIGNATURE -> Executable.looksLikeTe(data, at) ? program(at) : null;
                default -> orphan(at);
            };
        } catch (MalformedImageException _) {
            // Bytes that only look like the start of something.
            return null;
        }
    }

    private Explorer.@Nullable Reading update(long at) {
        return explorer.updates().at(data, at, floor, location);
    }

    private Explorer.@Nullable Reading volume(long start) {
        if (start < floor || !Volume.looksLikeVolume(data, start)) {
            return null;
        }
        return explorer.volume(data, start, location);
    }

    private Explorer.@Nullable Reading flash(long at) {
        long start = at - DESCRIPTOR_SIGNATURE_AT;
        if (start >= floor && FlashDescriptor.looksLikeDescriptor(data, start)) {
            return explorer.flash(data, start, location);
        }
        // Up to ICH10 the signature is the first thing.
        return FlashDescriptor.looksLikeDescriptor(data, at)
                ? explorer.flash(data, at, location)
                : null;
    }

    private Explorer.Reading vbt(long at) {
        Location inside = location.in("VBT", at);
        Diagnostics diagnostics = new Diagnostics();
        Image all = data.slice(at, Vbt.sizeAt(data, at)).detached();
        Vbt vbt = Vbt.read(all, inside, diagnostics);
        long bdbEnd = vbt.header().bdbOffset() + vbt.bdb().size();
        // One that does not even reach to its blocks is no size.
        long claimed = vbt.header().vbtSize();
        long size = claimed > vbt.header().bdbOffset() ? claimed : bdbEnd;
        Image bytes = all.slice(0, Math.min(size, all.size()));
        BranchBuilder found =
                new BranchBuilder(
                        Node.Type.VBT,
                        "VBT " + vbt.header().platform() + ", BDB " + vbt.bdb().version(),
                        at,
                        bytes.size());
        found.diagnostics().addAll(diagnostics);
        found.add(new VideoBiosTable(Origin.at(inside), vbt, bytes));
        // The size may be too large, and something else begin behind the blocks.
        return new Explorer.Reading(found.build(), at + Math.min(bytes.size(), bdbEnd));
    }

    /// A program without a section around it. Programs inside other data are many and of no
    /// interest, unless one is a GOP.
    private Explorer.@Nullable Reading program(long at) {
        Location inside = location.in("PE", at);
        Image rest = data.from(at);
        Diagnostics diagnostics = new Diagnostics();
        Executable executable = Executable.read(rest, inside, diagnostics);
        long size = Math.min(executable.extent(), rest.size());
        BranchBuilder found =
                new BranchBuilder(
                        Node.Type.PROGRAM, "program" + Programs.describe(executable), at, size);
        Programs.Look look =
                marks.isIn(at, at + size)
                        ? explorer.programs().examine(executable, diagnostics, inside, found)
                        : Programs.Look.NOT_MARKED;
        if (at == 0 && look != Programs.Look.GOP) {
            // It may be an updater, with the firmware in it.
            explorer.scanner().scanForFinds(rest.slice(0, size), 1, inside, found);
        } else if (found.isEmpty()) {
            return null;
        } else {
            explorer.scanner().scanProgram(rest.slice(0, size), 1, inside, found);
        }
        return new Explorer.Reading(found.build(), at + size);
    }

    /// A packed section that lost the volume and the file around it.
    ///
    /// @param at where the GUID stands
    private Explorer.@Nullable Reading orphan(long at) {
        boolean extended = isSection(at - EXTENDED_GUID_AT, true);
        long start = at - (extended ? EXTENDED_GUID_AT : GUID_AT);
        if (start < floor
                || at > data.size() - Guid.SIZE
                || !(extended || isSection(start, false))) {
            return null;
        }
        GuidedKind kind = GuidedKind.of(data.guid(at)).orElse(null);
        if (kind == null) {
            return null;
        }
        long size = extended ? data.u32(start + 4) : data.u24(start);
        Image alone = data.slice(0, start + Math.min(size, data.size() - start));
        List<SectionPart> parts = Section.readAll(alone, start, location, new Diagnostics());
        if (parts.isEmpty() || !(parts.getFirst() instanceof Section.GuidDefined section)) {
            return null;
        }
        BranchBuilder found =
                new BranchBuilder(
                        Node.Type.DATA, "section without a file", start, alone.size() - start);
        found.add(Diagnostic.odd(location, start, "a packed section stands outside of any file"));
        explorer.sections().section(section, alone, location, found);
        Branch branch = found.build();
        if (!branch.artifacts().isEmpty()) {
            return new Explorer.Reading(branch, alone.size());
        }
        // Packed bytes were not looked at as they stand.
        return kind.packed() ? null : new Explorer.Reading(null, alone.size());
    }

    private boolean isSection(long start, boolean extended) {
        return start >= 0
                && data.u8(start + 3) == SectionType.GUID_DEFINED.code()
                && (data.u24(start) == EXTENDED_MARK) == extended;
    }
}
