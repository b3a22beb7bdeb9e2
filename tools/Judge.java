import java.io.File;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Asks veraPDF whether files keep standards: one virtual machine for all files and profiles, for starting costs more than judging.
 *
 * <p>Run by tools/judge.py: {@code java -cp JAR Judge.java PROFILES FILE...}, the profiles by the names of veraPDF's files (PDFUA-1, PDFA-3A), with
 * commas between.  It prints a line for each thing, the fields divided by tabs:
 *
 * <pre>
 * verdict  FILE  PROFILE  passed|failed
 * rule     FILE  PROFILE  CLAUSE  TEST  FAILED_CHECKS  DESCRIPTION
 * where    FILE  PROFILE  CLAUSE  TEST  CONTEXT  MESSAGE
 * crash    FILE  PROFILE  WHAT
 * </pre>
 *
 * <p>The rules of a file follow its verdict, the first places of a rule follow the rule.  A file that veraPDF cannot judge is a crash, and the next
 * one is judged.  It ends with 0 whatever the verdicts are: a reader counts them.
 */
public final class Judge {
    private static final int PLACES = 3;
    private static final String FOLDER = "org/verapdf/pdfa/validation/";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
        for (String name : arguments[0].split(",")) {
            profiles.put(name, profile(name));
        }
        for (String file : List.of(arguments).subList(1, arguments.length)) {
            for (Map.Entry<String, ValidationProfile> profile : profiles.entrySet()) {
                try {
                    judge(file, profile.getKey(), profile.getValue());
                } catch (Exception | StackOverflowError | OutOfMemoryError crash) {
                    say("crash", file, profile.getKey(), reason(crash));
                }
            }
        }
    }

    private static void judge(String file, String name, ValidationProfile profile) throws Exception {
        ValidationResult result;
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), profile.getPDFAFlavour());
                PDFAValidator validator = ValidatorFactory.createValidator(profile, PLACES, false, true, false)) {
            result = validator.validate(parser);
        }
        say("verdict", file, name, result.isCompliant() ? "passed" : "failed");
        Map<RuleId, List<TestAssertion>> places =
                result.getTestAssertions().stream()
                        .filter(check -> check.getStatus() == TestAssertion.Status.FAILED)
                        .collect(Collectors.groupingBy(TestAssertion::getRuleId));
        for (Rule rule : profile.getRules()) {
            RuleId id = rule.getRuleId();
            Integer count = result.getFailedChecks().get(id);
            if (count == null) {
                continue;
            }
            String test = String.valueOf(id.getTestNumber());
            say("rule", file, name, id.getClause(), test, String.valueOf(count), rule.getDescription());
            for (TestAssertion place : places.getOrDefault(id, List.of())) {
                say("where", file, name, id.getClause(), test, place.getLocation().getContext(), place.getErrorMessage());
            }
        }
    }

    /** The profile read without JAXB, by which veraPDF reads its profiles itself: the jar ships no implementation of it. */
    private static ValidationProfile profile(String name) throws Exception {
        Element root;
        try (InputStream source = Foundries.class.getClassLoader().getResourceAsStream(FOLDER + name + ".xml")) {
            if (source == null) {
                throw new IllegalArgumentException("veraPDF has no profile " + name);
            }
            root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(source).getDocumentElement();
        }
        Set<Rule> rules = new LinkedHashSet<>();
        for (Element rule : children(root, "rule")) {
            rules.add(rule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : children(root, "variable")) {
            String start = text(variable, "defaultValue");
            variables.add(Profiles.variableFromValues(variable.getAttribute("name"), variable.getAttribute("object"), start, text(variable, "value")));
        }
        PDFAFlavour flavour = PDFAFlavour.valueOf(root.getAttribute("flavour"));
        return Profiles.profileFromValues(flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
    }

    private static Rule rule(Element rule) {
        Element id = children(rule, "id").get(0);
        PDFAFlavour.Specification specification = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(rule, "argument")) {
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), argument.getAttribute("name"), null));
        }
        ErrorDetails error = Profiles.errorFromValues(text(rule, "message"), arguments);
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(specification, id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                Boolean.valueOf(rule.getAttribute("deferred")),
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                error,
                List.of());
    }

    private static List<Element> children(Element parent, String tag) {
        NodeList nodes = parent.getElementsByTagName(tag);
        List<Element> found = new ArrayList<>();
        for (int at = 0; at < nodes.getLength(); at++) {
            found.add((Element) nodes.item(at));
        }
        return found;
    }

    private static String text(Element parent, String tag) {
        return children(parent, tag).get(0).getTextContent();
    }

    private static String reason(Throwable crash) {
        Throwable root = crash;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    private static void say(String... fields) {
        OUT.println(List.of(fields).stream().map(field -> field.replaceAll("\\s+", " ").strip()).collect(Collectors.joining("\t")));
    }
}
