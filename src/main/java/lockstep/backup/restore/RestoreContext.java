package lockstep.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import lockstep.backup.store.BackupSurvey;
import lockstep.backup.store.Progress;
import lockstep.backup.store.ProviderUnavailable;
import lockstep.backup.store.StoredBackup;
import lockstep.format.HeadContent;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.spec.Implements;

/**
 * What the steps of one restore share.
 *
 * @param salvages whether damaged objects cost the files that need them, and not the restore
 */
@Implements("RST-20")
record RestoreContext(
    StoredBackup backup,
    HeadContent head,
    BackupSurvey survey,
    Shortfalls shortfalls,
    boolean salvages,
    Progress progress) {

  InputStream open(ObjectKind kind, int index) throws IOException {
    return backup.open(kind, survey.object(index));
  }

  ObjectName nameOf(int index) {
    return backup.nameOf(survey.object(index));
  }

  /**
   * Throws what ends the restore: damage, unless this is a salvage, and in any case a provider that
   * is not there at all.
   */
  void endUnlessSalvaged(IOException found) throws IOException {
    if (!salvages) {
      throw found;
    }
    if (found instanceof ProviderUnavailable) {
      backup.readHeadAgain();
    }
  }
}
