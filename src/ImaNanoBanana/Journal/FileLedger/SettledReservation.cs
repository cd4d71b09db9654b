namespace ImaNanoBanana.Journal.FileLedger;

/// <summary>Represents what the journal says about a reservation whose process is gone.</summary>
/// <param name="Reservation">The reservation, as it was read.</param>
/// <param name="SpentAt">When the credits were spent; null if nothing was submitted.</param>
internal readonly record struct SettledReservation(AccountEntry Reservation, DateTimeOffset? SpentAt);
