namespace ImaNanoBanana.Submitting;

/// <summary>Specifies what may follow a create request that was not accepted.</summary>
internal enum RecoveryStepKind
{
    /// <summary>Do nothing: the outcome is the error.</summary>
    Stop,

    /// <summary>Send the same create request again.</summary>
    SendAgain,

    /// <summary>Read the product list again, and send a create request only if the plan has changed.</summary>
    PlanAgain,

    /// <summary>Submit the same request with a smaller size.</summary>
    ReduceSize,
}
