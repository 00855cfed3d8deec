package igdrom.cli.commands;

import igdrom.bytes.Emitter;
import igdrom.bytes.Image;
import igdrom.formats.opregion.OpRegionBuilder;
import igdrom.formats.vbt.DeviceType;
import igdrom.formats.vbt.DvoPort;
import igdrom.formats.vbt.VbtBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the files of a host from a list: one line each, which a second list may change.
final class MadeTree {
    static final Path LISTS = Path.of("src/test/resources/igdrom/cli/commands/doctor");
    static final Path MACHINES = Path.of("../host/src/test/resources/igdrom/host/text/machines");

    private static final Pattern LINE = Pattern.compile("(\\S+?)(: | -> | = | < | ~ | -$)(.*)");

    private final Path root;

    private MadeTree(Path root) {
        this.root = root;
    }

    /// Makes the files of `base`, with the changes of `name`.
    static void make(Path root, String base, String name) throws IOException {
        MadeTree tree = new MadeTree(root);
        tree.add(base);
        if (!name.equals(base)) {
            tree.add(name);
        }
    }

    private void add(String name) throws IOException {
        for (String line : Files.readAllLines(LISTS.resolve(name + ".tree"))) {
            if (!line.startsWith("#")) {
                line(line);
            }
        }
    }

    private void line(String line) throws IOException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(line);
        }
        Path path = root.resolve(parts.group(1));
        String value = parts.group(3);
        Files.deleteIfExists(path);
        if (parts.group(2).equals(" -")) {
            removeEmpty(directoryOf(path));
            return;
        }
        Files.createDirectories(directoryOf(path));
        switch (parts.group(2)) {
            case " -> " -> Files.createSymbolicLink(path, Path.of(value));
            case " = " -> Files.write(path, sparse(value).toByteArray());
            case " < " -> Files.copy(MACHINES.resolve(value), path);
            case " ~ " -> Files.write(path, opRegion(value).toByteArray());
            default -> Files.writeString(path, value.translateEscapes() + "\n");
        }
    }

    /// An OpRegion with a VBT of this name.
    private static Image opRegion(String name) {
        Emitter vbt = new Emitter();
        new VbtBuilder(name, 228)
                .device(0x0010, DeviceType.HDMI, DvoPort.HDMI_B, 2, 0)
                .build()
                .write(vbt);
        Emitter region = new Emitter();
        OpRegionBuilder.around(vbt.toImage()).write(region);
        return region.toImage();
    }

    private static Path directoryOf(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /// A directory without files is not there, as for a device that is not.
    private void removeEmpty(Path directory) throws IOException {
        for (Path at = directory; !at.equals(root); at = directoryOf(at)) {
            try (var entries = Files.list(at)) {
                if (entries.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(at);
        }
    }

    /// `256 00:8680 fc:18000088`: a size, then bytes at offsets.
    private static Image sparse(String text) {
        List<String> words = List.of(text.strip().split(" +", -1));
        Image image = new Emitter().fillTo(Integer.parseInt(words.getFirst()), 0).toImage();
        for (String word : words.subList(1, words.size())) {
            int colon = word.indexOf(':');
            image =
                    new Emitter()
                            .image(image)
                            .patch(
                                    Integer.parseInt(word.substring(0, colon), 16),
                                    Image.ofHex(word.substring(colon + 1)))
                            .toImage();
        }
        return image;
    }
}
