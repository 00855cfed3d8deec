package igdrom.firmware;

import igdrom.bytes.Image;
import igdrom.formats.ifd.FlashDescriptor;
import igdrom.formats.ifd.FlashRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An SPI flash with an Intel descriptor: reads its regions.
final class FlashStructure implements Structure {
    private static final String SIGNATURE = "5aa5f00f";

    @Override
    public List<Signature> signatures() {
        // Up to ICH10 the descriptor begins with the signature.
        return List.of(Signature.ofHex(0x10, SIGNATURE), Signature.ofHex(0, SIGNATURE));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return FlashDescriptor.looksLikeDescriptor(image, offset);
    }

    @Override
    public Optional<FileKind> fileKind() {
        return Optional.of(FileKind.FLASH);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Image flash = candidate.image();
        Context inside = context.in("flash", offset);
        FlashDescriptor descriptor = FlashDescriptor.read(flash, inside.location());
        String label = "flash, Intel descriptor version " + descriptor.version();
        Context node = inside.part(Node.Type.FLASH, label, offset, flash.size());
        List<FlashRegion> missing = missing(descriptor, flash.size());
        if (!missing.isEmpty()) {
            node.diagnostics()
                    .broken(
                            node.location(),
                            flash.size(),
                            "a descriptor alone, without the regions that it describes: %s",
                            String.join(", ", missing.stream().map(FlashRegion::name).toList()));
        }
        long done = 0;
        for (FlashRegion region : descriptor.regions()) {
            if (region.offset() > done) {
                // Outside of all regions, where nothing should be.
                long end = Math.min(region.offset(), flash.size());
                node.scan(flash.slice(0, end), done);
            }
            // Overlapping regions are read once.
            long from = Math.max(region.offset(), done);
            long to = Math.min(region.end(), flash.size());
            if (region.end() > flash.size() && !missing.contains(region)) {
                node.diagnostics()
                        .broken(
                                node.location(),
                                region.offset(),
                                "region %s ends at 0x%x, the image ends at 0x%x",
                                region.name(),
                                region.end(),
                                flash.size());
            }
            if (to > from) {
                node.addLater(() -> region(flash, region, from, to, node));
            }
            done = Math.max(done, to);
        }
        long end = offset + Math.max(done, FlashDescriptor.SIZE);
        return Optional.of(new Reading(node.toSubtree(), end));
    }

    /// The regions after the descriptor, if the image has nothing of any of them.
    private static List<FlashRegion> missing(FlashDescriptor descriptor, long size) {
        List<FlashRegion> others = new ArrayList<>();
        for (FlashRegion region : descriptor.regions()) {
            if (region.index() != 0) {
                others.add(region);
            }
        }
        boolean alone = others.stream().allMatch(region -> region.offset() >= size);
        return alone ? others : List.of();
    }

    private static Subtree region(
            Image flash, FlashRegion region, long from, long to, Context context) {
        Context node = context.part(Node.Type.REGION, region.name() + " region", from, to - from);
        if (region.index() != 0) {
            node.in(region.name(), from).scan(flash.slice(from, to - from), 0);
        }
        return node.toSubtree();
    }
}
