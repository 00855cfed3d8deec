package igdrom.firmware;

import igdrom.bytes.Finding;
import igdrom.bytes.Findings;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.bytes.Starts;
import igdrom.firmware.Find.FoundVbt;
import igdrom.firmware.Find.Origin;
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

/// Finds structures by their signatures, at any offset, in data that nothing points into.
final class Scanner {
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

    /// What a signature, or the GUID of a packed section, begins with.
    private static final Starts STARTS =
            GuidedKind.addTo(
                    new Starts()
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
    private final Programs programs;
    private final Budget budget;
    private final Wanted wanted;

    Scanner(Explorer explorer, Programs programs, Budget budget, Wanted wanted) {
        this.wanted = wanted;
        this.explorer = explorer;
        this.programs = programs;
        this.budget = budget;
    }

    /// Adds whatever is found in `data` to `node`.
    ///
    /// @param start where to begin: behind the header of the structure that `data` is
    void scan(Image data, long start, Place place, BranchBuilder node) {
        scan(data, start, false, place, node);
    }

    /// Like [#scan], for the inside of a program: it may carry a VBT or a ROM, but most that looks
    /// like a structure is a constant of its own, and only what holds a find is added.
    void scanProgram(Image data, long start, Place place, BranchBuilder node) {
        if (wanted == Wanted.EVERYTHING) {
            scan(data, start, true, place, node);
        }
    }

    private void scan(Image data, long start, boolean findsOnly, Place place, BranchBuilder node) {
        if (!explorer.mayEnter(place)) {
            node.add(Explorer.tooDeep(place));
            return;
        }
        long floor = start;
        long at = data.indexOfAny(STARTS, start);
        while (at >= 0) {
            Explorer.Reading found = tryAt(data, at, floor, place);
            if (found != null && !(findsOnly && isNothing(found.branch()))) {
                if (!budget.takeNode()) {
                    node.add(Explorer.tooManyParts(place, at));
                    return;
                }
                node.add(found.branch());
                floor = Math.max(found.end(), at + 1);
                at = floor - 1;
            }
            at = data.indexOfAny(STARTS, at + 1);
        }
    }

    /// Whether it holds nothing that somebody looks for. An update that holds nothing is worth
    /// knowing of.
    private static boolean isNothing(Branch branch) {
        return branch.finds().isEmpty() && branch.node().type() != Node.Type.UPDATE;
    }

    private Explorer.@Nullable Reading tryAt(Image data, long at, long floor, Place place) {
        try {
            return switch (data.u8(at)) {
                case VOLUME_SIGNATURE ->
                        data.u8(at + 1) == 'F'
                                ? volume(data, at - VOLUME_SIGNATURE_AT, floor, place)
                                : update(data, at, floor, place);
                case DESCRIPTOR_SIGNATURE -> flash(data, at, floor, place);
                case VBT_SIGNATURE ->
                        Vbt.looksLikeVbt(data, at)
                                ? vbt(data, at, place)
                                : update(data, at, floor, place);
                case DELL_SIGNATURE, UCP_SIGNATURE -> update(data, at, floor, place);
                case PFS_SIGNATURE -> {
                    Explorer.Reading found = update(data, at, floor, place);
                    yield found != null ? found : orphan(data, at, floor, place);
                }
                case ROM_SIGNATURE ->
                        OptionRom.looksLikeRom(data, at)
                                ? programs.rom(data, at, place, this)
                                : null;
                case CBFS_SIGNATURE ->
                        CbfsFile.looksLikeFile(data, at)
                                ? explorer.cbfs().file(data, at, place)
                                : null;
                case PE_SIGNATURE ->
                        Executable.looksLikePe(data, at) ? program(data, at, place) : null;
                case TE_SIGNATURE ->
                        Executable.looksLikeTe(data, at) ? program(data, at, place) : null;
                default -> orphan(data, at, floor, place);
            };
        } catch (MalformedImageException _) {
            // Bytes that only look like the start of something.
            return null;
        }
    }

    private Explorer.@Nullable Reading update(Image data, long at, long floor, Place place) {
        return explorer.updates().at(data, at, floor, place);
    }

    private Explorer.@Nullable Reading volume(Image data, long start, long floor, Place place) {
        if (start < floor || !Volume.looksLikeVolume(data, start)) {
            return null;
        }
        return explorer.volume(data, start, place);
    }

    private Explorer.@Nullable Reading flash(Image data, long at, long floor, Place place) {
        long start = at - DESCRIPTOR_SIGNATURE_AT;
        if (start >= floor && FlashDescriptor.looksLikeDescriptor(data, start)) {
            return explorer.flash(data, start, place);
        }
        // Up to ICH10 the signature is the first thing.
        return FlashDescriptor.looksLikeDescriptor(data, at)
                ? explorer.flash(data, at, place)
                : null;
    }

    private static Explorer.Reading vbt(Image data, long at, Place outer) {
        Place place = outer.in("VBT", at);
        Findings findings = new Findings();
        Image all = data.slice(at, Vbt.sizeAt(data, at)).detached();
        Vbt vbt = Vbt.read(all, place, findings);
        Image bytes = all.slice(0, Math.min(vbt.header().vbtSize(), all.size()));
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.VBT,
                        "VBT " + vbt.header().platform() + ", BDB " + vbt.bdb().version(),
                        at,
                        bytes.size());
        node.findings().addAll(findings);
        node.add(new FoundVbt(Origin.at(place), vbt, bytes));
        return new Explorer.Reading(node.build(), at + bytes.size());
    }

    /// A program without a section around it. Programs inside other data are many and of no
    /// interest, unless one is a GOP.
    private Explorer.@Nullable Reading program(Image data, long at, Place outer) {
        Place place = outer.in("PE", at);
        Image rest = data.from(at);
        Executable executable = Executable.read(rest, place, new Findings());
        long size = Math.min(executable.extent(), rest.size());
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.PROGRAM, "program" + Programs.describe(executable), at, size);
        boolean gop = programs.examine(rest, place, node);
        if (at == 0 && !gop) {
            // It may be an updater, with the firmware in it.
            scan(rest.slice(0, size), 1, true, place, node);
        } else if (node.isEmpty()) {
            return null;
        } else {
            scanProgram(rest.slice(0, size), 1, place, node);
        }
        return new Explorer.Reading(node.build(), at + size);
    }

    /// A packed section that lost the volume and the file around it.
    private Explorer.@Nullable Reading orphan(Image data, long at, long floor, Place place) {
        long start = at - GUID_AT;
        if (start < floor
                || at > data.size() - Guid.SIZE
                || data.u8(at - 1) != SectionType.GUID_DEFINED.code()
                || GuidedKind.of(data.guid(at)).isEmpty()) {
            return null;
        }
        long size = Math.min(data.u24(start), data.size() - start);
        Findings findings = new Findings();
        Image alone = data.slice(0, start + size);
        List<SectionPart> parts = Section.readAll(alone, start, place, findings);
        if (parts.isEmpty() || !(parts.getFirst() instanceof Section section)) {
            return null;
        }
        BranchBuilder node =
                new BranchBuilder(Node.Type.DATA, "section without a file", start, size);
        node.add(Finding.odd(place, start, "a packed section stands outside of any file"));
        explorer.sections().section(section, alone, place, node);
        Branch branch = node.build();
        return branch.finds().isEmpty() ? null : new Explorer.Reading(branch, start + size);
    }
}
