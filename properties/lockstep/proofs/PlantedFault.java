package lockstep.proofs;

/**
 * One fault in the Java that KeY reads, and the contract that must stay open for it.
 *
 * @param number among all faults
 * @param type the class, with its package
 * @param contract method and number of the contract that no longer holds
 * @param from text that stands in its source exactly once
 * @param to what stands there instead
 */
record PlantedFault(int number, String type, String contract, String from, String to) {

  String packageName() {
    return "fault" + number;
  }

  String faultyType() {
    return packageName() + type.substring(type.lastIndexOf('.'));
  }

  /** The contract's name in KeY. */
  String faultyContract() {
    return KeyRun.contractName(faultyType(), contract);
  }

  /** The same contract of the class as shipped. */
  String shippedContract() {
    return KeyRun.contractName(type, contract);
  }
}
