package igdrom.web.page;

import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.teavm.callgraph.CallGraph;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.diagnostics.ProblemSeverity;
import org.teavm.tooling.EmptyTeaVMToolLog;
import org.teavm.tooling.TeaVMProblemRenderer;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.tooling.TeaVMToolException;
import org.teavm.vm.TeaVMOptimizationLevel;

/// Compiles a class, and all that it reaches on the class path of this program, to WebAssembly.
///
/// Run with `-Djdk.util.jar.enableMultiRelease=false`: some libraries have other classes for newer
/// JDKs, which use what TeaVM lacks.
public final class EngineCompiler {
    private static final int MAX_PROBLEMS = 20;

    /// The name of the jar in the address of a resource.
    private static final Pattern JAR = Pattern.compile("/([^/]+\\.jar)!/");

    private EngineCompiler() {}

    /// Compiles the class.
    ///
    /// @param main its name
    /// @param directory for the output
    /// @param file to write there
    /// @return the jars whose classes are in the output, in alphabetical order
    /// @throws UnsupportedCallException when it reaches what TeaVM does not have
    public static SortedSet<String> compile(String main, Path directory, String file)
            throws UnsupportedCallException {
        TeaVMTool tool = new TeaVMTool();
        tool.setTargetType(TeaVMTargetType.WEBASSEMBLY_GC);
        tool.setMainClass(main);
        tool.setTargetDirectory(directory.toFile());
        tool.setTargetFileName(file);
        tool.setClassLoader(EngineCompiler.class.getClassLoader());
        tool.setLog(new EmptyTeaVMToolLog());
        tool.setObfuscated(true);
        // Without it, no index is checked.
        tool.setStrict(true);
        tool.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        tool.setDebugInformationGenerated(false);
        tool.setSourceMapsFileGenerated(false);
        tool.setIncremental(false);
        try {
            tool.generate();
        } catch (TeaVMToolException e) {
            throw new IllegalStateException("TeaVM: " + e.getMessage(), e);
        }
        List<String> missing = problems(tool);
        if (!missing.isEmpty()) {
            throw new UnsupportedCallException(missing);
        }
        SortedSet<String> jars = new TreeSet<>();
        for (String name : tool.getClasses()) {
            Matcher jar = JAR.matcher(String.valueOf(resource(name)));
            if (jar.find()) {
                jars.add(jar.group(1));
            }
        }
        return jars;
    }

    /// Where the class file is that a class was compiled from; null for one that TeaVM makes.
    private static @Nullable URL resource(String name) {
        URL substitute = substitute(name);
        return substitute == null
                ? EngineCompiler.class
                        .getClassLoader()
                        .getResource(name.replace('.', '/') + ".class")
                : substitute;
    }

    /// The class file of TeaVM's or ours that takes the place of one of the JDK.
    private static @Nullable URL substitute(String name) {
        int dot = name.lastIndexOf('.') + 1;
        String directory = name.substring(0, dot).replace('.', '/');
        String type = name.substring(dot);
        int inner = type.indexOf('$');
        String outer = inner < 0 ? type : type.substring(0, inner);
        ClassLoader all = EngineCompiler.class.getClassLoader();
        URL ours = all.getResource("igdrom/web/jdk/" + directory + outer + ".class");
        return ours == null
                ? all.getResource("org/teavm/classlib/" + directory + "T" + outer + ".class")
                : ours;
    }

    /// What TeaVM could not compile, each once, with the method that uses it.
    private static List<String> problems(TeaVMTool tool) {
        CallGraph calls = tool.getDependencyInfo().getCallGraph();
        Set<String> problems = new LinkedHashSet<>();
        for (Problem problem : tool.getProblemProvider().getProblems()) {
            if (problem.getSeverity() == ProblemSeverity.ERROR) {
                DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
                problem.render(text);
                StringBuilder stack = new StringBuilder();
                TeaVMProblemRenderer.renderCallStack(calls, problem.getLocation(), stack);
                problems.add(text.getText() + stack.toString().stripTrailing());
            }
        }
        // Where its library has no substitute, TeaVM may find a class of the JDK that builds the
        // page.
        for (String name : tool.getClasses()) {
            if (name.startsWith("java.") && substitute(name) == null) {
                problems.add("Class " + name + " would be the JDK's own");
            }
        }
        List<String> first = new ArrayList<>(problems);
        return first.size() <= MAX_PROBLEMS ? first : first.subList(0, MAX_PROBLEMS);
    }
}
