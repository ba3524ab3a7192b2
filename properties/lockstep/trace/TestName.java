package lockstep.trace;

/** A test method, as JUnit's selectors name it. */
record TestName(String testClass, String method) {

  String display() {
    return testClass + "." + method;
  }
}
