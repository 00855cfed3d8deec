/// Builds the page: compiles the engine to WebAssembly with TeaVM, and puts it into one HTML file
/// with the style sheets, the scripts and the licences of everything inside.
///
/// ```java
/// Image wasm = EngineCompiler.compile("igdrom.web.Exports", directory);
/// String page = PageFile.of(wasm);
/// ```
///
/// Runs in the build only; nothing here gets into the page.
@NullMarked
package igdrom.web.page;

import org.jspecify.annotations.NullMarked;
