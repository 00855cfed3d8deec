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
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/// Reads a whole file, whatever it is.
public final class FirmwareReader {
    /// As many threads as there are processors. The common pool has one fewer and counts on the
    /// caller, who does not take part in what its threads fork: on two processors one would do all
    /// the work.
    private static final class Pool {
        static final ForkJoinPool THREADS = new ForkJoinPool();
    }

    /// Smaller files are read before other threads are there to help. Where one unpacks into much,
    /// the common pool does.
    private static final long SHARED_FROM = 1 << 18;

    private FirmwareReader() {}

    /// Opens everything in `file` and reports what an IGD can use. Independent parts are read by
    /// threads of their own; the result is the same whatever their number.
    ///
    /// @param name of the file, the root of all places
    /// @throws MalformedImageException when the file is empty
    public static Contents read(Image file, String name) {
        return read(file, name, ArtifactFilter.EVERYTHING);
    }

    /// Like [#read(Image, String)], without opening what cannot hold what is wanted.
    public static Contents read(Image file, String name, ArtifactFilter wanted) {
        Location location = Location.root(name);
        if (file.isEmpty()) {
            throw new MalformedImageException(location, 0, "the file is empty");
        }
        FileKind kind = FileKind.of(file);
        Explorer explorer = new Explorer(new Budget(), wanted);
        Branch branch =
                file.size() < SHARED_FROM
                        ? explorer.file(file, kind, location)
                        : Pool.THREADS.invoke(
                                ForkJoinTask.adapt(() -> explorer.file(file, kind, location)));
        FileKind found = byContent(kind, branch.node());
        if (found == FileKind.PROGRAM && branch.artifacts().isEmpty()) {
            Programs.check(file, location, branch.diagnostics());
            Archives.inside(file, location).ifPresent(branch.diagnostics()::add);
        }
        return contents(found, branch, wanted);
    }

    private static Contents contents(FileKind kind, Branch branch, ArtifactFilter wanted) {
        List<GopDriver> gops = new ArrayList<>();
        List<VideoBiosTable> vbts = new ArrayList<>();
        List<VgaBios> vgaBioses = new ArrayList<>();
        for (Artifact find : distinct(branch.artifacts())) {
            if (find instanceof GopDriver gop) {
                gops.add(gop);
            } else if (find instanceof VideoBiosTable vbt) {
                vbts.add(vbt);
            } else {
                vgaBioses.add((VgaBios) find);
            }
        }
        if (wanted == ArtifactFilter.GOPS) {
            // Not all of them would be here.
            vbts.clear();
            vgaBioses.clear();
        }
        Diagnostics diagnostics = branch.diagnostics();
        return new Contents(
                kind,
                branch.node(),
                gops,
                vbts,
                vgaBioses,
                diagnostics.list(),
                diagnostics.dropped());
    }

    /// A file that begins with nothing known is what was found in it.
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

    /// Whether there is a vendor's update in it, or in the program that it is.
    private static boolean holdsUpdate(Node file) {
        for (Node child : file.children()) {
            if (child.type() == Node.Type.UPDATE
                    || (child.type() == Node.Type.PROGRAM && holdsUpdate(child))) {
                return true;
            }
        }
        return false;
    }

    /// The finds by content, each with all the places where it was seen.
    private static List<Artifact> distinct(List<Artifact> artifacts) {
        if (artifacts.size() < 2) {
            return artifacts;
        }
        Map<Class<?>, Map<Image, List<Artifact>>> same = new LinkedHashMap<>();
        for (Artifact find : artifacts) {
            same.computeIfAbsent(find.getClass(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(find.bytes(), _ -> new ArrayList<>())
                    .add(find);
        }
        List<Artifact> distinct = new ArrayList<>();
        for (Map<Image, List<Artifact>> ofOneKind : same.values()) {
            for (List<Artifact> group : ofOneKind.values()) {
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
