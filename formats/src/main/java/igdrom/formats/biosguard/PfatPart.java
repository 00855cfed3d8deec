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
        int end = line.indexOf(';');
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        if (first <= 0 || second < 0 || end < second) {
            return null;
        }
        int flags = number(line.substring(0, first));
        int count = number(line.substring(second + 1, end).strip());
        if (flags < 0 || count < 0) {
            return null;
        }
        String name = line.substring(end + 1).strip();
        return new PfatPart(flags, line.substring(first + 1, second), count, name, List.of());
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
