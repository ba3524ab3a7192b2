package lockstep.device.state;

import java.util.Locale;
import lockstep.spec.Implements;

/** Every place for a sealed record on the device. */
@Implements("DEV-1")
public enum DeviceSlot {
  /** The root key and what the device knows of its vault and its last backup. */
  ENABLED_DEVICE,
  /** The vault's key and newest receipt. */
  KNOWN_VAULT,
  /** How the account stood when the device last heard, and notices that are not told yet. */
  NOTICES,
  /** What a rehearsal compares with. */
  REHEARSAL,
  /** An enrolment under way. */
  ENROLMENT,
  /** A password change under way. */
  PASSWORD_CHANGE,
  /** A key rotation under way. */
  KEY_ROTATION,
  /** A disable under way. */
  DISABLE,
  /** When the device last made a backup and last tried one, for its user to see. */
  DIARY,
  /** How many backups are kept. */
  RETENTION,
  /** Where the provider and the vault are; the command line's. */
  PLACES;

  /** The slot's name, in lower-case letters and dashes: part of what is sealed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
