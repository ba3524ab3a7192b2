// SPDX-License-Identifier: GPL-2.0-only
//
// Uses KeY (https://key-project.org), which is GPL-2.0-only; see LICENSE beside it. It is started
// as a
// process of its own by properties/lockstep/proofs, and nothing of it is compiled into Lockstep.

import com.sun.management.OperatingSystemMXBean;
import de.uka.ilkd.key.control.KeYEnvironment;
import de.uka.ilkd.key.java.abstraction.KeYJavaType;
import de.uka.ilkd.key.logic.op.IObserverFunction;
import de.uka.ilkd.key.proof.Proof;
import de.uka.ilkd.key.settings.PathConfig;
import de.uka.ilkd.key.settings.ProofSettings;
import de.uka.ilkd.key.settings.StrategySettings;
import de.uka.ilkd.key.speclang.Contract;
import de.uka.ilkd.key.strategy.StrategyProperties;
import de.uka.ilkd.key.util.KeYTypeUtil;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets KeY's automatic search loose on the JML contracts of a folder of Java.
 *
 * <p>{@code java -cp KEY_JARS KeyDriver.java SOURCES MOST_STEPS SETTINGS PREFIX...} proves every
 * contract whose name begins with one of the prefixes, in the order of the prefixes. A contract of
 * a method proved before, in another package, gets twice the steps that its first proof took. One
 * line each, fields separated by tabs: {@code contract}, its name, {@code closed}, {@code open} (a
 * goal is left to which no rule applies) or {@code unfinished} (out of steps), rules applied,
 * milliseconds of processor time. First come the lines {@code choice}, one for each option in
 * force, last {@code end}.
 */
public final class KeyDriver {

  private static final String LIBRARY_CHOICES =
      "Strings:on,sequences:on,reach:on,bigint:on,JavaCard:off,permissions:off,wdChecks:off,"
          + "wdOperator:L,programRules:Java,integerSimplificationRules:full,moreSeqRules:off,"
          + "mergeGenerateIsWeakeningGoal:off,soundDefaultContracts:on,floatRules:strictfpOnly,"
          + "javaLoopTreatment:efficient,methodExpansion:modularOnly,modelFields:treatAsAxiom,"
          + "initialisation:disableStaticInitialisation";

  private KeyDriver() {}

  public static void main(String[] arguments) throws Exception {
    Path settings = Path.of(arguments[2]);
    Files.createDirectories(settings);
    PathConfig.setKeyConfigDir(settings.toString());
    Map<String, String> choices = new TreeMap<>();
    String own = "intRules:javaSemantics,runtimeExceptions:ban,assertions:safe";
    for (String choice : (LIBRARY_CHOICES + "," + own).split(",")) {
      choices.put(choice.substring(0, choice.indexOf(':')), choice);
    }
    ProofSettings.DEFAULT_SETTINGS.getChoiceSettings().setDefaultChoices(choices);

    KeYEnvironment<?> environment = KeYEnvironment.load(new File(arguments[0]), null, null, null);
    environment
        .getInitConfig()
        .getActivatedChoices()
        .forEach(choice -> System.out.println("choice\t" + choice.name()));
    List<String> prefixes = List.of(arguments).subList(3, arguments.length);
    Map<String, Integer> needed = new TreeMap<>();
    List<Contract> all = contracts(environment);
    for (String prefix : prefixes) {
      for (Contract contract : all) {
        if (contract.getName().startsWith(prefix)) {
          prove(environment, contract, Integer.parseInt(arguments[1]), needed);
        }
      }
    }
    System.out.println("end");
    System.exit(0);
  }

  private static List<Contract> contracts(KeYEnvironment<?> environment) {
    List<Contract> found = new ArrayList<>();
    for (KeYJavaType type : environment.getJavaInfo().getAllKeYJavaTypes()) {
      if (!KeYTypeUtil.isLibraryClass(type)) {
        for (IObserverFunction target :
            environment.getSpecificationRepository().getContractTargets(type)) {
          environment.getSpecificationRepository().getContracts(type, target).forEach(found::add);
        }
      }
    }
    found.sort(Comparator.comparing(Contract::getName));
    return found;
  }

  private static void prove(
      KeYEnvironment<?> environment, Contract contract, int limit, Map<String, Integer> needed)
      throws Exception {
    long start = processorMillis();
    String method = contract.getName().substring(contract.getName().indexOf("::"));
    int mostSteps = needed.containsKey(method) ? 2 * needed.get(method) : limit;
    Proof proof =
        environment.createProof(contract.createProofObl(environment.getInitConfig(), contract));
    try {
      StrategySettings search = proof.getSettings().getStrategySettings();
      StrategyProperties options = search.getActiveStrategyProperties();
      options.setProperty(
          StrategyProperties.METHOD_OPTIONS_KEY, StrategyProperties.METHOD_CONTRACT);
      options.setProperty(
          StrategyProperties.NON_LIN_ARITH_OPTIONS_KEY, StrategyProperties.NON_LIN_ARITH_DEF_OPS);
      options.setProperty(
          StrategyProperties.STOPMODE_OPTIONS_KEY, StrategyProperties.STOPMODE_NONCLOSE);
      search.setActiveStrategyProperties(options);
      search.setMaxSteps(mostSteps);
      ProofSettings.DEFAULT_SETTINGS.getStrategySettings().setActiveStrategyProperties(options);
      ProofSettings.DEFAULT_SETTINGS.getStrategySettings().setMaxSteps(mostSteps);
      environment.getUi().getProofControl().startAndWaitForAutoMode(proof);
      int steps = proof.getStatistics().nodes;
      String end = proof.closed() ? "closed" : steps < mostSteps ? "open" : "unfinished";
      needed.putIfAbsent(method, steps);
      long millis = processorMillis() - start;
      System.out.println(
          String.join("\t", "contract", contract.getName(), end, steps + "", millis + ""));
    } finally {
      proof.dispose();
    }
  }

  private static long processorMillis() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1_000_000;
  }
}
