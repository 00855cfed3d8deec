package igdrom.firmware;

import igdrom.bytes.Image;

/// A format that is recognised at the start of a file only. [Structures#WHOLE_FILES] lists them
/// all.
interface WholeFile {
    FileKind kind();

    boolean matches(Image file);

    /// Reads a file for which [#matches] is true.
    ///
    /// @param context of the file
    /// @throws igdrom.bytes.MalformedImageException when nothing in the file can be read
    void read(Image file, Context context);
}
