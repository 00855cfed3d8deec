package igdrom.cli;

import igdrom.cli.Report.Written;
import igdrom.firmware.Find;
import igdrom.firmware.Find.FoundGop;
import igdrom.firmware.Find.FoundVbt;
import igdrom.firmware.Find.FoundVgaBios;
import igdrom.firmware.gop.GopVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes what was found into a folder: every file aside first, then all of them under their names.
final class Extraction {
    static final String MANIFEST = "manifest.json";

    private final Path folder;
    private final List<Written> files = new ArrayList<>();
    private final Set<String> taken = new HashSet<>();

    Extraction(Path folder, List<? extends Find> finds) {
        this.folder = folder;
        for (Find find : finds) {
            files.add(new Written(find, free(find)));
        }
    }

    List<Written> files() {
        return files;
    }

    /// Writes the finds and the manifest.
    ///
    /// @param manifest describes the files
    /// @throws Failure when one of the files exists and may not be replaced
    void write(byte[] manifest, boolean force) throws IOException {
        List<Path> targets = new ArrayList<>();
        for (Written file : files) {
            targets.add(folder.resolve(file.name()));
        }
        targets.add(folder.resolve(MANIFEST));
        if (!force) {
            for (Path target : targets) {
                if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw new Failure(ExitCode.USAGE, target + " exists (--force replaces it)");
                }
            }
        }
        Files.createDirectories(folder);
        List<Path> aside = new ArrayList<>();
        try {
            for (Written file : files) {
                aside.add(written(file.find().bytes().toByteArray()));
            }
            aside.add(written(manifest));
            for (int i = 0; i < aside.size(); i++) {
                Files.move(aside.get(i), targets.get(i), StandardCopyOption.ATOMIC_MOVE);
            }
            aside.clear();
        } finally {
            for (Path left : aside) {
                Files.deleteIfExists(left);
            }
        }
    }

    private Path written(byte[] bytes) throws IOException {
        Path aside = folder.resolve(NewFile.nameAside());
        Files.write(aside, bytes, StandardOpenOption.CREATE_NEW);
        return aside;
    }

    /// The name for a find: with a number when another one has it.
    private String free(Find find) {
        String stem;
        String end;
        if (find instanceof FoundGop gop) {
            String arch = plain(gop.gop().arch().toString());
            stem = "gop-" + version(gop.gop().version()) + "-" + arch;
            end = ".efi";
        } else if (find instanceof FoundVbt vbt) {
            String platform = plain(vbt.vbt().header().platform());
            stem = platform.isEmpty() ? "vbt" : "vbt-" + platform;
            end = ".bin";
        } else {
            stem = "vbios-" + plain(((FoundVgaBios) find).image().pcir().id().toString());
            end = ".rom";
        }
        String name = stem + end;
        for (int number = 2; !taken.add(name); number++) {
            name = stem + "-" + number + end;
        }
        return name;
    }

    private static String version(GopVersion version) {
        return part(version.major()) + "." + part(version.minor()) + "." + part(version.build());
    }

    private static String part(@Nullable Integer number) {
        return number == null ? "x" : number.toString();
    }

    /// What of a text out of a file may stand in the name of another: letters, digits and dashes.
    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                plain.append(c);
            } else if (!plain.isEmpty() && plain.charAt(plain.length() - 1) != '-') {
                plain.append('-');
            }
        }
        int end = plain.length();
        return plain.substring(0, end > 0 && plain.charAt(end - 1) == '-' ? end - 1 : end);
    }
}
