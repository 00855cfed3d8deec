package igdrom.cli.commands;

import igdrom.bytes.Image;
import igdrom.cli.failure.ExitCode;
import igdrom.cli.failure.Failure;
import igdrom.cli.failure.IoReason;
import igdrom.cli.files.FreeNames;
import igdrom.cli.files.NewFile;
import igdrom.cli.files.NewFiles;
import igdrom.cli.files.OverwritePolicy;
import igdrom.firmware.Artifact.GopDriver;
import igdrom.firmware.Artifact.VgaBios;
import igdrom.firmware.Artifact.VideoBiosTable;
import igdrom.firmware.Artifact;
import igdrom.firmware.gop.Gop;
import igdrom.firmware.gop.GopVersion;
import igdrom.report.ImageReport.Output;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes the artifacts of one file into a directory, all of them or none.
final class Extraction {
    static final String MANIFEST = "manifest.json";

    private final Path directory;
    private final List<Output> files = new ArrayList<>();

    Extraction(Path directory, List<? extends Artifact> artifacts) {
        this.directory = directory;
        FreeNames names = new FreeNames(MANIFEST);
        for (Artifact artifact : artifacts) {
            files.add(new Output(artifact, name(artifact, names)));
        }
    }

    List<Output> files() {
        return files;
    }

    /// Writes the artifacts and the manifest.
    ///
    /// @param manifest describes the files
    /// @throws Failure when one of the files may not be written
    void write(Image manifest, OverwritePolicy policy) {
        List<NewFile> targets = new ArrayList<>();
        for (Output file : files) {
            targets.add(new NewFile(directory.resolve(file.name()), policy).checked());
        }
        NewFile last = new NewFile(directory.resolve(MANIFEST), policy).checked();
        create(directory);
        try (NewFiles all = new NewFiles()) {
            for (int i = 0; i < targets.size(); i++) {
                all.add(targets.get(i), files.get(i).artifact().bytes());
            }
            all.add(last, manifest);
            all.finish();
        }
    }

    /// Checks before any work is done that there can be such a directory.
    ///
    /// @throws Failure when it is something else
    static void check(Path directory) {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(directory)) {
            throw new Failure(ExitCode.USAGE, directory + " exists and is not a directory");
        }
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            String there = String.valueOf(e.getFile());
            throw new Failure(ExitCode.USAGE, directory + ": " + there + " is not a directory", e);
        } catch (IOException e) {
            throw new Failure(ExitCode.MACHINE, directory + ": " + IoReason.of(e), e);
        }
    }

    private static String name(Artifact artifact, FreeNames names) {
        return switch (artifact) {
            case GopDriver driver -> {
                Gop gop = driver.gop();
                String arch = plain(gop.arch().toString());
                yield names.take("gop-" + version(gop.version()) + "-" + arch, ".efi");
            }
            case VideoBiosTable table -> {
                String platform = plain(table.vbt().header().platform());
                yield names.take(platform.isEmpty() ? "vbt" : "vbt-" + platform, ".bin");
            }
            case VgaBios bios ->
                    names.take("vbios-" + plain(bios.image().pcir().id().toString()), ".rom");
        };
    }

    private static String version(GopVersion version) {
        return part(version.major()) + "." + part(version.minor()) + "." + part(version.build());
    }

    private static String part(@Nullable Integer number) {
        return number == null ? "x" : number.toString();
    }

    /// Text from a file as part of the name of another: letters, digits and dashes only.
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
