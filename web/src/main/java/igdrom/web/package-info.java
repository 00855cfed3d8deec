/// igdrom in a browser: what the page asks, answered by the same rooms as on the command line.
///
/// The script of the page runs one worker for each request. The worker starts the engine, which is
/// this package and all that it uses, compiled to WebAssembly; gives it the files with
/// [Exports][igdrom.web.Exports]; and passes it a request as JSON. [Engine][igdrom.web.Engine]
/// answers with the JSON of the command line, the same as markup, and the file to save.
///
/// ```java
/// Engine engine = new Engine();
/// engine.add("bios.bin", image);
/// Reply reply = engine.answer("{\"do\": \"inspect\", \"file\": \"bios.bin\"}");
/// ```
///
/// Not here: a device of the host, a guest, the network. docs/web.md says how the page is built.
@NullMarked
package igdrom.web;

import org.jspecify.annotations.NullMarked;
