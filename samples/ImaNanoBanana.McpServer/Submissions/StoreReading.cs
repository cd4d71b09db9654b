using System.Data.Common;
using ImaNanoBanana.Mcp.Answers;

namespace ImaNanoBanana.Mcp.Submissions;

/// <summary>Reads the journal and the budget before anything is submitted.</summary>
internal static class StoreReading
{
    /// <exception cref="ToolException">They could not be read. Nothing was submitted.</exception>
    public static async Task<T> BeforeSubmissionAsync<T>(ServerSettings settings, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or DbException or TimeoutException)
        {
            throw new ToolException(Failures.StoreUnreadable(exception, settings));
        }
    }
}
