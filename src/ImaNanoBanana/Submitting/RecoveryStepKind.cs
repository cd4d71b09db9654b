namespace ImaNanoBanana.Submitting;

/// <summary>What may follow a create that was not accepted.</summary>
internal enum RecoveryStepKind
{
    /// <summary>Nothing: the outcome is the error.</summary>
    Stop,

    /// <summary>The same create again.</summary>
    SendAgain,

    /// <summary>The product list again, and a create only when it makes a difference.</summary>
    PlanAgain,

    /// <summary>The same order in a smaller size.</summary>
    ReduceSize,
}
