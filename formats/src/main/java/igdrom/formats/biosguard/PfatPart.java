package igdrom.formats.biosguard;

import igdrom.bytes.Image;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One of the files in a [PfatPackage]: a line of its list, and the blocks that are the file.
///
/// @param parameter the option of AMI's tool that it belongs to, such as `/P`
/// @param count of blocks, as the line claims it
public record PfatPart(int flags, String parameter, int count, String name, List<Block> blocks) {
    public PfatPart {
        blocks = List.copyOf(blocks);
    }

    /// The part of a line such as `1 /P 12 ;FV_MAIN`, without its blocks, or null when it is not of
    /// this form.
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
        int flags = number(numbers.substring(0, first));
        int count = number(numbers.substring(last + 1));
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
    private static int number(String text) {
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

    PfatPart with(List<Block> found) {
        return new PfatPart(flags, parameter, count, name, found);
    }

    /// The pieces of the file, which stand one behind the other in it.
    public List<Image> data() {
        List<Image> pieces = new ArrayList<>();
        for (Block block : blocks) {
            pieces.add(block.data());
        }
        return pieces;
    }
}
