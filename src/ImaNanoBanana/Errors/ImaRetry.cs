namespace ImaNanoBanana;

/// <summary>What happens when the same order is placed again.</summary>
public enum ImaRetry
{
    /// <summary>
    /// It cannot buy a second image by accident: nothing was bought, or (<see cref="ImaErrorKind.TaskFailed"/>)
    /// what was bought is over and a new order knowingly buys again.
    /// </summary>
    Safe,

    /// <summary>It fails in the same way until the request, the key or the balance changes.</summary>
    Useless,

    /// <summary>It may pay for the same image twice. Watch the task, where there is one, instead.</summary>
    Dangerous,
}
