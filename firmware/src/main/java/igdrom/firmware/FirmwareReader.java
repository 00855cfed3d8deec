package igdrom.firmware;

import igdrom.bytes.Diagnostics;
import igdrom.bytes.Image;
import igdrom.bytes.Location;
import igdrom.bytes.MalformedImageException;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads a whole file of any kind.
public final class FirmwareReader {
    private FirmwareReader() {}

    /// Reads everything in `file` and reports what an IGD can use. Several threads read independent
    /// parts; the result does not depend on their number.
    ///
    /// @param name the file's name, the root of all locations
    /// @throws MalformedImageException when the file is empty, or is an OpRegion that cannot be
    ///   read
    public static Contents read(Image file, String name) {
        return read(file, name, ArtifactFilter.EVERYTHING);
    }

    /// Like [#read(Image, String)], without decompressing what cannot contain the artifacts that
    /// `filter` names.
    public static Contents read(Image file, String name, ArtifactFilter filter) {
        Location location = Location.root(name);
        if (file.isEmpty()) {
            throw new MalformedImageException(location, 0, "the file is empty");
        }
        FileKind kind = FileKind.of(file);
        Subtree tree =
                Workers.run(() -> {
                    Context context = Context.ofFile(file, kind, location, filter);
                    Structures.read(file, kind, context);
                    return context.toSubtree();
                });
        FileKind finalKind = byContent(kind, tree.node());
        if (finalKind == FileKind.PROGRAM && tree.artifacts().isEmpty()) {
            Programs.check(file, location, tree.diagnostics());
            Archives.inside(file, location).ifPresent(tree.diagnostics()::add);
        }
        return contents(finalKind, tree, filter);
    }

    private static Contents contents(FileKind kind, Subtree tree, ArtifactFilter filter) {
        List<GopDriver> gops = new ArrayList<>();
        List<VideoBiosTable> vbts = new ArrayList<>();
        List<VgaBios> vgaBioses = new ArrayList<>();
        for (Artifact artifact : distinct(tree.artifacts())) {
            switch (artifact) {
                case GopDriver gop -> gops.add(gop);
                case VideoBiosTable vbt -> vbts.add(vbt);
                case VgaBios vgaBios -> vgaBioses.add(vgaBios);
            }
        }
        boolean complete =
                switch (filter) {
                    case EVERYTHING -> true;
                    case GOPS -> false;
                };
        Diagnostics diagnostics = tree.diagnostics();
        return new Contents(
                kind,
                tree.node(),
                gops,
                complete ? vbts : List.of(),
                complete ? vgaBioses : List.of(),
                diagnostics.list(),
                diagnostics.dropped());
    }

    /// The kind of a file, with its content taken into account.
    ///
    /// @param kind by its first bytes
    private static FileKind byContent(FileKind kind, Node file) {
        if (kind == FileKind.PROGRAM) {
            return holdsUpdate(file) ? FileKind.UPDATE : kind;
        }
        if (kind != FileKind.UNKNOWN || file.children().isEmpty()) {
            return kind;
        }
        if (holdsUpdate(file)) {
            return FileKind.UPDATE;
        }
        for (Node child : file.children()) {
            if (child.type() == Node.Type.ARCHIVE) {
                return FileKind.COREBOOT;
            }
        }
        return FileKind.IMAGE;
    }

    /// Whether the file, or the program that is its content, contains a vendor's update.
    private static boolean holdsUpdate(Node file) {
        for (Node child : file.children()) {
            if (child.type() == Node.Type.UPDATE
                    || (child.type() == Node.Type.PROGRAM && holdsUpdate(child))) {
                return true;
            }
        }
        return false;
    }

    /// Merges artifacts of the same type with the same bytes into one with all their locations.
    private static List<Artifact> distinct(List<Artifact> artifacts) {
        Map<Class<?>, Map<Image, List<Artifact>>> groups = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            groups.computeIfAbsent(artifact.getClass(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(artifact.bytes(), _ -> new ArrayList<>())
                    .add(artifact);
        }
        List<Artifact> distinct = new ArrayList<>();
        for (Map<Image, List<Artifact>> sameType : groups.values()) {
            for (List<Artifact> group : sameType.values()) {
                List<Location> copies = new ArrayList<>();
                for (Artifact copy : group.subList(1, group.size())) {
                    copies.add(copy.origin().location());
                }
                distinct.add(group.getFirst().alsoAt(copies));
            }
        }
        return distinct;
    }
}
