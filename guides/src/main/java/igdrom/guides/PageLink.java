package igdrom.guides;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/// A link to a file of the repository.
///
/// @param path below the root of the repository
/// @param fragment the anchor, or an empty text
record PageLink(Path path, String fragment) {
    /// The file that a link leads to; empty when it leads out of the repository, as a web address
    /// does.
    ///
    /// @param page that has the link
    /// @throws URISyntaxException when the destination is invalid
    static Optional<PageLink> of(Path page, String destination) throws URISyntaxException {
        URI uri = new URI(destination);
        if (uri.isAbsolute() || uri.getRawAuthority() != null) {
            return Optional.empty();
        }
        String fragment = uri.getFragment() == null ? "" : uri.getFragment();
        Path path = uri.getPath().isEmpty() ? page : page.resolveSibling(uri.getPath());
        return Optional.of(new PageLink(path.normalize(), fragment));
    }
}
