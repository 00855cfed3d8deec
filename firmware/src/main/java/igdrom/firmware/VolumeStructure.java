package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Guid;
import igdrom.bytes.Image;
import igdrom.formats.fv.FfsFile;
import igdrom.formats.fv.FileType;
import igdrom.formats.fv.Gap;
import igdrom.formats.fv.Volume;
import igdrom.formats.fv.VolumeHeader;
import igdrom.formats.fv.VolumePart;
import java.util.List;
import java.util.Optional;

/// A firmware volume: reads its files.
final class VolumeStructure implements Structure {
    /// Files smaller than this are not worth a task for another thread.
    private static final long MIN_TASK_BYTES = 0x1000;

    private static final long FILE_SYSTEM_OFFSET = 0x10;

    @Override
    public List<Signature> signatures() {
        return List.of(Signature.ofAscii(VolumeHeader.SIGNATURE_OFFSET, "_FVH"));
    }

    @Override
    public boolean beginsAt(Image image, long offset) {
        return Volume.looksLikeVolume(image, offset);
    }

    @Override
    public Optional<FileKind> fileKind() {
        return Optional.of(FileKind.VOLUME);
    }

    @Override
    public Optional<Reading> read(Candidate candidate, Context context) {
        long offset = candidate.offset();
        Image image = candidate.image();
        Context inside = context.in("FV", image.guid(FILE_SYSTEM_OFFSET), offset);
        Diagnostics diagnostics = new Diagnostics();
        Volume volume = Volume.read(image, inside.location(), diagnostics);
        String name = volume.name().map(guid -> ", " + guid).orElse("");
        String label = "volume " + volume.fileSystem().label() + name;
        Context node = inside.part(Node.Type.VOLUME, label, offset, volume.size());
        node.diagnostics().addAll(diagnostics);
        // Where the extended header is invalid, files may begin in its place.
        long headerEnd = volume.header().headerLength();
        node.scan(image, headerEnd, headerEnd + volume.preface().size());
        for (VolumePart part : volume.parts()) {
            switch (part) {
                case Gap gap -> Sections.scanGap(gap, image, node);
                case FfsFile file -> {
                    if (!node.takePart(file.offset())) {
                        return Optional.of(new Reading(node.toSubtree(), offset + volume.size()));
                    }
                    add(file, image.slice(file.offset(), file.size()), node);
                }
            }
        }
        return Optional.of(new Reading(node.toSubtree(), offset + volume.size()));
    }

    private static void add(FfsFile file, Image whole, Context context) {
        if (file.size() >= MIN_TASK_BYTES) {
            context.addLater(() -> file(file, whole, context));
        } else {
            context.add(file(file, whole, context));
        }
    }

    private static Subtree file(FfsFile file, Image whole, Context context) {
        Guid guid = file.header().name();
        FileType type = file.type();
        Context node =
                context.in("FFS", guid, file.offset())
                        .part(Node.Type.FFS_FILE, type.label(), file.offset(), file.size());
        if (type.sectioned()) {
            Sections sections = new Sections(node.filter().isIn(type));
            sections.read(whole, file.header().length(), node);
        } else {
            node.scan(whole, file.header().length());
        }
        Subtree subtree = node.toSubtree();
        String name = subtree.fileName().map(text -> " \"" + text + "\"").orElse("");
        return subtree.asFile(guid, guid + name + ", " + type.label());
    }
}
