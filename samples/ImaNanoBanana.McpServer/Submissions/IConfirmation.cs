namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Asks the person before credits are spent.</summary>
internal interface IConfirmation
{
    /// <exception cref="Answers.ToolException">The person does not want it, or cannot be asked: nothing may be sent.</exception>
    Task ConfirmAsync(ImageQuote quote, Spending spending, string prompt, CancellationToken cancellationToken);
}
