package lockstep.device.vault;

import lockstep.spec.NonNormative;

/** What a device refuses unless its user accepts it by name (ENR-8, ENR-9). */
@NonNormative("names of what the device's procedures decide")
public enum Acceptance {
  /** A policy that allows more attempts, or with a shorter wait, than a password is safe from. */
  LOOSE_POLICY,
  /** The password that was in force when the record was destroyed. */
  SAME_PASSWORD
}
