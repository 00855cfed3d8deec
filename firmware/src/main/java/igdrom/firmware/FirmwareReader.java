package igdrom.firmware;

import igdrom.bytes.Findings;
import igdrom.bytes.Image;
import igdrom.bytes.MalformedImageException;
import igdrom.bytes.Place;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.Find.FoundVbt;
import igdrom.firmware.Find.FoundVgaBios;
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
        return read(file, name, Wanted.EVERYTHING);
    }

    /// Like [#read(Image, String)], without opening what cannot hold what is wanted.
    public static Contents read(Image file, String name, Wanted wanted) {
        Place place = Place.root(name);
        if (file.isEmpty()) {
            throw new MalformedImageException(place, 0, "the file is empty");
        }
        Kind kind = Kind.of(file);
        Explorer explorer = new Explorer(new Budget(), wanted);
        Branch branch =
                file.size() < SHARED_FROM
                        ? explorer.file(file, kind, place)
                        : Pool.THREADS.invoke(
                                ForkJoinTask.adapt(() -> explorer.file(file, kind, place)));
        Kind found = byContent(kind, branch.node());
        if (found == Kind.PROGRAM && branch.finds().isEmpty()) {
            Programs.check(file, place, branch.findings());
            Archives.inside(file, place).ifPresent(branch.findings()::add);
        }
        return contents(found, branch, wanted);
    }

    private static Contents contents(Kind kind, Branch branch, Wanted wanted) {
        List<FoundGop> gops = new ArrayList<>();
        List<FoundVbt> vbts = new ArrayList<>();
        List<FoundVgaBios> vgaBioses = new ArrayList<>();
        for (Find find : distinct(branch.finds())) {
            if (find instanceof FoundGop gop) {
                gops.add(gop);
            } else if (find instanceof FoundVbt vbt) {
                vbts.add(vbt);
            } else {
                vgaBioses.add((FoundVgaBios) find);
            }
        }
        if (wanted == Wanted.GOPS) {
            // Not all of them would be here.
            vbts.clear();
            vgaBioses.clear();
        }
        Findings findings = branch.findings();
        return new Contents(
                kind, branch.node(), gops, vbts, vgaBioses, findings.list(), findings.dropped());
    }

    /// A file that begins with nothing known is what was found in it.
    private static Kind byContent(Kind kind, Node file) {
        if (kind == Kind.PROGRAM) {
            return holdsUpdate(file) ? Kind.UPDATE : kind;
        }
        if (kind != Kind.UNKNOWN || file.children().isEmpty()) {
            return kind;
        }
        if (holdsUpdate(file)) {
            return Kind.UPDATE;
        }
        for (Node child : file.children()) {
            if (child.type() == Node.Type.ARCHIVE) {
                return Kind.COREBOOT;
            }
        }
        return Kind.IMAGE;
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
    private static List<Find> distinct(List<Find> finds) {
        if (finds.size() < 2) {
            return finds;
        }
        Map<Class<?>, Map<Image, List<Find>>> same = new LinkedHashMap<>();
        for (Find find : finds) {
            same.computeIfAbsent(find.getClass(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(find.bytes(), _ -> new ArrayList<>())
                    .add(find);
        }
        List<Find> distinct = new ArrayList<>();
        for (Map<Image, List<Find>> ofOneKind : same.values()) {
            for (List<Find> group : ofOneKind.values()) {
                List<Place> copies = new ArrayList<>();
                for (Find copy : group.subList(1, group.size())) {
                    copies.add(copy.origin().place());
                }
                distinct.add(group.getFirst().alsoAt(copies));
            }
        }
        return distinct;
    }
}
