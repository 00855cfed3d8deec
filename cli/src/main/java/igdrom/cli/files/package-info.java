/// The files that commands read and write.
///
/// [Inputs][igdrom.cli.files.Inputs] are the files that a command line names, directories expanded.
/// [NewFile][igdrom.cli.files.NewFile] writes a file completely or not at all, and replaces an
/// existing one only as [OverwritePolicy][igdrom.cli.files.OverwritePolicy] allows: never a file
/// that the same command reads. [TemporaryFiles][igdrom.cli.files.TemporaryFiles] cleans up when a
/// signal arrives.
///
/// ```java
/// Optional<NewFile> output = NewFile.of(arguments, Options.OUTPUT);
/// Image image = Inputs.load(arguments.require(Options.FIRMWARE));
/// output.ifPresent(file -> file.write(image));
/// ```
///
/// Not here: what is in the files.
@NullMarked
package igdrom.cli.files;

import org.jspecify.annotations.NullMarked;
