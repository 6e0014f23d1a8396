import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Turns PDF files into what veraPDF finds against PDF/A-3a and PDF/UA-1: a line for each check that fails. */
public class Vera {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFA_3_A, PDFAFlavour.PDFUA_1}) {
                try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                    ValidationResult result = validator.validate(parser);
                    System.out.println("checked\t" + file + "\t" + flavour + "\t" + result.getTotalAssertions());
                    for (TestAssertion failure : result.getTestAssertions()) {
                        System.out.println("failed\t" + file + "\t" + flavour + "\t" + failure.getRuleId().getClause()
                            + "\t" + failure.getMessage());
                    }
                }
            }
        }
    }
}
