using ImaNanoBanana.Cli.Output;
using ImaNanoBanana.Cli.Running;

namespace ImaNanoBanana.Cli.Batch;

/// <summary>Collects why lines of a batch cannot be used, so that all of them are reported before anything is submitted.</summary>
internal sealed class LineProblems(Wording say)
{
    private readonly SortedDictionary<int, string> _problems = [];

    public void Add(int number, string problem) => _problems[number] = problem;

    /// <exception cref="StopException">Lines cannot be used. The message contains all of them. Nothing was submitted.</exception>
    public void StopIfAny()
    {
        if (_problems.Count > 0)
        {
            throw new StopException(ExitCode.Usage, Report());
        }
    }

    private string Report() => string.Join(
        '\n',
        [
            .. _problems.Select(problem => say[$"Line {problem.Key}: {problem.Value}", $"第 {problem.Key} 行：{problem.Value}"]),
            _problems.Count == 1
                ? say["Nothing was submitted. Correct this line and run the command again.", "未提交任何请求。请修改该行后重新运行。"]
                : say[
                    $"Nothing was submitted. Correct these {_problems.Count} lines and run the command again.",
                    $"未提交任何请求。请修改以上 {_problems.Count} 行后重新运行。"],
        ]);
}
