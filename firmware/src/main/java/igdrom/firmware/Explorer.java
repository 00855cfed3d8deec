package igdrom.firmware;

import igdrom.bytes.Diagnostic;
import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.formats.fv.FfsFile;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.Gap;
import igdrom.formats.fv.Volume;
import igdrom.formats.fv.VolumePart;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.ifd.FlashRegion;
import igdrom.formats.opregion.AsleMailbox;
import igdrom.formats.opregion.Mailbox;
import igdrom.formats.opregion.OpRegion;
import igdrom.formats.opregion.OpRegionHeader;
import org.jspecify.annotations.Nullable;

/// Goes down through the containers of an image: capsule, flash, volumes, files. Sections are
/// [SectionExplorer]'s, data without a structure is [Scanner]'s.
final class Explorer {
    /// Files with less in them are not worth another thread.
    private static final long LATER_FROM = 0x1000;

    /// Smaller gaps are alignment.
    private static final long MIN_GAP = 16;

    private final Budget budget;
    private final ArtifactFilter wanted;
    private final Programs programs;
    private final Scanner scanner;
    private final SectionExplorer sections;
    private final SectionExplorer closedSections;
    private final CbfsExplorer cbfs;
    private final UpdateExplorer updates;

    Explorer(Budget budget, ArtifactFilter wanted) {
        this.budget = budget;
        this.wanted = wanted;
        this.programs = new Programs(budget);
        this.scanner = new Scanner(this, wanted);
        this.sections = new SectionExplorer(this, programs, budget, true);
        this.closedSections = new SectionExplorer(this, programs, budget, false);
        Unpacking unpacking = new Unpacking(this, budget);
        this.cbfs = new CbfsExplorer(this, unpacking);
        this.updates = new UpdateExplorer(this, unpacking, budget);
    }

    Budget budget() {
        return budget;
    }

    Programs programs() {
        return programs;
    }

    SectionExplorer sections() {
        return sections;
    }

    CbfsExplorer cbfs() {
        return cbfs;
    }

    UpdateExplorer updates() {
        return updates;
    }

    Branch file(Image file, FileKind kind, Location location) {
        BranchBuilder root = new BranchBuilder(Node.Type.FILE, kind.label(), 0, file.size());
        switch (kind) {
            case CAPSULE -> new CapsuleExplorer(this).explore(file, location, root);
            case OPREGION -> root.add(opRegion(file, location));
            case FLASH, VOLUME, OPTION_ROM, PROGRAM, VBT, UPDATE, COREBOOT, IMAGE, UNKNOWN ->
                    scanner.scan(file, 0, location, root);
            // Observed: a VBT with holes in a ZIP of LattePanda. Nothing in packed data is what it
            // looks like.
            case ARCHIVE ->
                    root.add(
                            Diagnostic.odd(
                                    location,
                                    0,
                                    "this is a "
                                            + Archives.nameOf(file).orElse("packed")
                                            + " archive: unpack it first, the firmware is a file"
                                            + " in it"));
        }
        return root.build();
    }

    /// What firmware leaves in memory for the driver, as a file.
    private Branch opRegion(Image file, Location location) {
        Diagnostics diagnostics = new Diagnostics();
        OpRegion region = OpRegion.read(file, location, diagnostics);
        StringBuilder label = new StringBuilder("OpRegion ");
        label.append(region.header().versionText()).append(", mailboxes");
        for (Mailbox mailbox : Mailbox.values()) {
            if (region.header().has(mailbox)) {
                label.append(' ').append(mailbox.number());
            }
        }
        AsleMailbox asle = region.asle();
        if (asle.vbtAddress() != 0) {
            label.append(String.format(", RVDA 0x%x", asle.vbtAddress()))
                    .append(String.format(", RVDS 0x%x", asle.vbtSize()));
        }
        BranchBuilder node =
                new BranchBuilder(Node.Type.OPREGION, label.toString(), 0, file.size());
        node.diagnostics().addAll(diagnostics);
        // The VBT, wherever it is.
        scanner.scan(file, OpRegionHeader.SIZE, location, node);
        return node.build();
    }

    /// The flash whose descriptor begins at `offset` of `image`.
    Reading flash(Image image, long offset, Location outer) {
        Image flash = image.from(offset);
        Location location = outer.in("flash", offset);
        FlashDescriptor descriptor = FlashDescriptor.read(flash, location);
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.FLASH,
                        "flash, Intel descriptor version " + descriptor.version(),
                        offset,
                        flash.size());
        long done = 0;
        for (FlashRegion region : descriptor.regions()) {
            if (region.offset() > done) {
                // Outside of all regions, where nothing should be.
                long end = Math.min(region.offset(), flash.size());
                scanner.scan(flash.slice(0, end), done, location, node);
            }
            // Overlapping regions are read once.
            long from = Math.max(region.offset(), done);
            long to = Math.min(region.end(), flash.size());
            if (region.end() > flash.size()) {
                node.add(
                        Diagnostic.broken(
                                location,
                                region.offset(),
                                "region "
                                        + region.name()
                                        + String.format(
                                                " ends at 0x%x, the image at 0x%x: it is cut off",
                                                region.end(), flash.size())));
            }
            if (to > from) {
                node.addLater(() -> region(flash, region, from, to, location));
            }
            done = Math.max(done, to);
        }
        return new Reading(node.build(), offset + Math.max(done, FlashDescriptor.SIZE));
    }

    private Branch region(Image flash, FlashRegion region, long from, long to, Location location) {
        BranchBuilder node =
                new BranchBuilder(Node.Type.REGION, region.name() + " region", from, to - from);
        if (region.index() != 0) {
            scanner.scan(flash.slice(from, to - from), 0, location.in(region.name(), from), node);
        }
        return node.build();
    }

    /// The volume that begins at `offset` of `image`.
    ///
    /// @throws MalformedImageException when its header makes no sense
    Reading volume(Image image, long offset, Location outer) {
        Guid system = image.guid(offset + 0x10);
        Location location = outer.in("FV " + shortName(system), offset);
        Diagnostics diagnostics = new Diagnostics();
        Image from = image.from(offset);
        Volume volume = Volume.read(from, location, diagnostics);
        String name = volume.name().map(guid -> ", " + guid).orElse("");
        BranchBuilder node =
                new BranchBuilder(
                        Node.Type.VOLUME,
                        "volume " + volume.fileSystem().label() + name,
                        offset,
                        volume.size());
        node.diagnostics().addAll(diagnostics);
        // Where the extended header is not what it says, files stand there.
        long prefaceEnd = volume.header().headerLength() + volume.preface().size();
        scanner.scanPart(from, volume.header().headerLength(), prefaceEnd, location, node);
        for (VolumePart part : volume.parts()) {
            if (part instanceof Gap gap) {
                gap(gap, from, location, node);
                continue;
            }
            FfsFile file = (FfsFile) part;
            Image whole = from.slice(file.offset(), file.size());
            if (!budget.takeNode()) {
                node.add(tooManyParts(location, file.offset()));
                break;
            }
            if (file.size() >= LATER_FROM) {
                node.addLater(() -> ffsFile(file, whole, location));
            } else {
                node.add(ffsFile(file, whole, location));
            }
        }
        return new Reading(node.build(), offset + volume.size());
    }

    private Branch ffsFile(FfsFile file, Image whole, Location outer) {
        Guid guid = file.header().name();
        FileType type = file.type();
        Location location = outer.in("FFS " + shortName(guid), file.offset());
        BranchBuilder node =
                new BranchBuilder(Node.Type.FFS_FILE, type.label(), file.offset(), file.size());
        if (type.sectioned()) {
            SectionExplorer inside = wanted.isIn(type) ? sections : closedSections;
            inside.explore(whole, file.header().length(), location, node);
        } else {
            scanner.scan(whole, file.header().length(), location, node);
        }
        Branch branch = node.build();
        String name = branch.fileName().map(text -> " \"" + text + "\"").orElse("");
        return branch.asFile(guid, guid + name + ", " + type.label());
    }

    /// Free space, alignment, or something that lost its header.
    ///
    /// @param container what the gap is in
    void gap(Gap gap, Image container, Location location, BranchBuilder node) {
        Image raw = gap.raw();
        if (raw.size() > MIN_GAP && !raw.isFilledWith(raw.u8(0))) {
            scanner.scanPart(container, gap.offset(), gap.offset() + gap.size(), location, node);
        }
    }

    Scanner scanner() {
        return scanner;
    }

    boolean mayEnter(Location location) {
        return location.depth() < Budget.DEPTH;
    }

    static Diagnostic tooManyParts(Location location, long offset) {
        return Diagnostic.broken(
                location,
                offset,
                "more than " + Budget.NODES + " parts in all: the rest is not read");
    }

    static Diagnostic tooMuchSearched(Location location) {
        return Diagnostic.broken(
                location,
                0,
                "more than " + (Budget.SEARCHED >> 30) + " GiB searched in all: not looked into");
    }

    static Diagnostic tooDeep(Location location) {
        return Diagnostic.broken(
                location, 0, "nested deeper than " + Budget.DEPTH + " levels: not opened");
    }

    static String shortName(Guid guid) {
        return guid.toString().substring(0, 8);
    }

    /// A branch and where what it was read from ends.
    ///
    /// @param branch null when there is nothing to tell of it
    record Reading(@Nullable Branch branch, long end) {}
}
