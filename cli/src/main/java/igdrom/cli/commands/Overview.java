package igdrom.cli.commands;

import java.util.List;

/// What `igdrom help` and the man page say about igdrom as a whole.
///
/// @param synopsis the form of the command line
/// @param summary what igdrom does, one sentence without a full stop
/// @param examples command lines that work
public record Overview(String synopsis, String summary, List<String> examples) {
    public Overview {
        examples = List.copyOf(examples);
    }
}
