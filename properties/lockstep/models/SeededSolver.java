package lockstep.models;

import java.util.Random;
import kodkod.engine.satlab.SATFactory;
import kodkod.engine.satlab.SATSolver;
import kodkod.solvers.SAT4J;
import org.sat4j.minisat.SolverFactory;
import org.sat4j.minisat.core.IPhaseSelectionStrategy;
import org.sat4j.minisat.core.Solver;
import org.sat4j.minisat.orders.RandomWalkDecorator;
import org.sat4j.minisat.orders.VarOrderHeap;

/**
 * SAT4J, without a timer's thread for each instance; on request it decides by seeded chance, so
 * that the instances that follow one another are unlike one another.
 */
final class SeededSolver extends SATFactory {

  private static final long serialVersionUID = 1;
  private static final int CONFLICTS = Integer.MAX_VALUE;

  private final boolean byChance;

  private SeededSolver(boolean byChance) {
    this.byChance = byChance;
  }

  /** Instances in the solver's own order. */
  static SATFactory inOrder() {
    return new SeededSolver(false);
  }

  /** Instances by chance, the same in every run. */
  static SATFactory byChance() {
    return new SeededSolver(true);
  }

  @Override
  public String id() {
    return "lockstep.seeded";
  }

  @Override
  public String type() {
    return "java";
  }

  @Override
  public boolean incremental() {
    return true;
  }

  @Override
  protected SATSolver createSolver() {
    Solver solver = (Solver) SolverFactory.newDefault();
    solver.setTimeoutOnConflicts(CONFLICTS);
    if (byChance) {
      solver.setOrder(new RandomWalkDecorator(new VarOrderHeap(new Chance()), 0.02));
    }
    return new SAT4J(solver);
  }

  private static final class Chance implements IPhaseSelectionStrategy {

    private static final long serialVersionUID = 1;
    private static final int POSITIVE_OF = 4;

    private final Random random = new Random(20211014L);

    @Override
    public int select(int variable) {
      int positive = variable << 1;
      return random.nextInt(POSITIVE_OF) == 0 ? positive : positive ^ 1;
    }

    @Override
    public void updateVar(int literal) {}

    @Override
    public void init(int variables) {}

    @Override
    public void init(int variable, int literal) {}

    @Override
    public void assignLiteral(int literal) {}

    @Override
    public void updateVarAtDecisionLevel(int literal) {}
  }
}
