package igdrom.formats.biosguard;

import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file in a [PfatPackage]: a line of its list, and its blocks.
///
/// @param parameter the option of AMI's tool that selects the file, such as `/P`
/// @param count of blocks, as the line claims it
public record PfatPart(int flags, String parameter, int count, String name, List<Block> blocks) {
    public PfatPart {
        blocks = List.copyOf(blocks);
    }

    /// The file of a line such as `1 /P 12 ;FV_MAIN`, without its blocks, or null if the line has
    /// another form.
    static @Nullable PfatPart ofLine(String line) {
        int semicolon = line.indexOf(';');
        if (semicolon < 0) {
            return null;
        }
        String numbers = line.substring(0, semicolon).strip();
        int first = numbers.indexOf(' ');
        int last = numbers.lastIndexOf(' ');
        if (first == last) {
            return null;
        }
        int flags = parseNumber(numbers.substring(0, first));
        int count = parseNumber(numbers.substring(last + 1));
        if (flags < 0 || count < 0) {
            return null;
        }
        String name = line.substring(semicolon + 1);
        int end = name.indexOf(';');
        return new PfatPart(
                flags,
                numbers.substring(first, last).strip(),
                count,
                (end < 0 ? name : name.substring(0, end)).strip(),
                List.of());
    }

    /// A decimal number of at most five digits, or -1.
    private static int parseNumber(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    PfatPart withBlocks(List<Block> newBlocks) {
        return new PfatPart(flags, parameter, count, name, newBlocks);
    }

    /// The consecutive pieces of the file.
    public List<Image> data() {
        List<Image> pieces = new ArrayList<>();
        for (Block block : blocks) {
            pieces.add(block.data());
        }
        return pieces;
    }
}
