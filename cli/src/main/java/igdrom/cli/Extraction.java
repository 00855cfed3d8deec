package igdrom.cli;

import igdrom.bytes.Image;
import igdrom.cli.Report.Written;
import igdrom.firmware.Artifact;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.gop.GopVersion;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes what was found into a folder, all of it or nothing.
final class Extraction {
    static final String MANIFEST = "manifest.json";

    private final Path folder;
    private final List<Written> files = new ArrayList<>();

    Extraction(Path folder, List<? extends Artifact> artifacts) {
        this.folder = folder;
        FreeNames names = new FreeNames(MANIFEST);
        for (Artifact find : artifacts) {
            files.add(new Written(find, name(find, names)));
        }
    }

    List<Written> files() {
        return files;
    }

    /// Writes the finds and the manifest.
    ///
    /// @param manifest describes the files
    /// @param force whether files that exist are replaced
    /// @param read the [NewFile#identities] of files that are not
    /// @throws Failure when one of the files may not be written
    void write(Image manifest, boolean force, Set<Object> read) {
        List<NewFile> targets = new ArrayList<>();
        for (Written file : files) {
            targets.add(new NewFile(folder.resolve(file.name()), force).checked(read));
        }
        NewFile last = new NewFile(folder.resolve(MANIFEST), force).checked(read);
        make(folder);
        try (NewFiles all = new NewFiles()) {
            for (int i = 0; i < targets.size(); i++) {
                all.add(targets.get(i), files.get(i).find().bytes());
            }
            all.add(last, manifest);
            all.finish();
        }
    }

    /// Complains before any work is done when files cannot be written to `folder`.
    ///
    /// @throws Failure when it is something else
    static void check(Path folder) {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            throw new Failure(
                    ExitCode.USAGE,
                    folder + " is there already and is no folder (-o names another place)");
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            String there = String.valueOf(e.getFile());
            throw new Failure(ExitCode.USAGE, folder + ": " + there + " is no folder", e);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, folder + ": " + Reasons.of(e), e);
        }
    }

    private static String name(Artifact find, FreeNames names) {
        String stem;
        String end;
        if (find instanceof GopDriver gop) {
            String arch = plain(gop.gop().arch().toString());
            stem = "gop-" + version(gop.gop().version()) + "-" + arch;
            end = ".efi";
        } else if (find instanceof VideoBiosTable vbt) {
            String platform = plain(vbt.vbt().header().platform());
            stem = platform.isEmpty() ? "vbt" : "vbt-" + platform;
            end = ".bin";
        } else {
            stem = "vbios-" + plain(((VgaBios) find).image().pcir().id().toString());
            end = ".rom";
        }
        return names.take(stem, end);
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
