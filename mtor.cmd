@echo off
rem SPDX-License-Identifier: GPL-3.0-only
rem The one entry for people on Windows, the twin of ./mtor: finds a JDK of release 21 or newer, builds when there is
rem nothing to run, and hands over.
setlocal EnableExtensions DisableDelayedExpansion

set "here=%~dp0"
set "needed=21"
set "jar=%here%realm\target\mtor-realm-0.1.0-fat.jar"
set "benchjar=%here%bench\target\mtor-bench-0.1.0-fat.jar"

set "command=%~1"
if "%command%"=="" goto usage
if /i "%command%"=="help" goto usage
if /i "%command%"=="-h" goto usage
if /i "%command%"=="--help" goto usage

call :find_jdk
if not defined found (
  >&2 echo mtor: no JDK of release %needed% or newer was found ^(looked at JAVA_HOME, PATH and the usual folders^).
  >&2 echo mtor: Install one, for example:  winget install EclipseAdoptium.Temurin.21.JDK   or   https://adoptium.net
  >&2 echo mtor: If you have one elsewhere:  set JAVA_HOME=C:\path\to\jdk
  exit /b 1
)
set "JAVA_HOME=%found%"

if /i "%command%"=="up" goto realm
if /i "%command%"=="cluster" goto realm
if /i "%command%"=="ask" goto realm
if /i "%command%"=="doctor" goto realm
if /i "%command%"=="token" goto realm
if /i "%command%"=="host" goto realm
if /i "%command%"=="bench" goto bench
if /i "%command%"=="chaos" goto chaos
if /i "%command%"=="simulate" goto simulate
if /i "%command%"=="build" goto build
if /i "%command%"=="test" goto test
if /i "%command%"=="format" goto format
>&2 echo mtor: there is no command '%command%'
call :usage >&2
exit /b 2

:realm
if not exist "%jar%" (
  call :package realm
  if errorlevel 1 exit /b 1
)
"%JAVA_HOME%\bin\java" -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED %MTOR_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

:bench
if not exist "%benchjar%" (
  call :package bench
  if errorlevel 1 exit /b 1
)
call :without_first %*
"%JAVA_HOME%\bin\java" -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED %MTOR_JAVA_OPTS% -jar "%benchjar%" %rest%
exit /b %errorlevel%

:chaos
if not exist "%benchjar%" (
  call :package bench
  if errorlevel 1 exit /b 1
)
call :without_first %*
"%JAVA_HOME%\bin\java" -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED %MTOR_JAVA_OPTS% -cp "%benchjar%" io.mtor.bench.chaos.ChaosMain %rest%
exit /b %errorlevel%

:simulate
if not exist "%benchjar%" (
  call :package bench
  if errorlevel 1 exit /b 1
)
call :without_first %*
"%JAVA_HOME%\bin\java" -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED %MTOR_JAVA_OPTS% -cp "%benchjar%" io.mtor.bench.simulation.SimulateMain %rest%
exit /b %errorlevel%

:build
call :package realm
exit /b %errorlevel%

:test
call :without_first %*
if "%~2"=="-q" (
  call "%here%mvnw.cmd" -B -ntp -f "%here%pom.xml" test
) else (
  call "%here%mvnw.cmd" -B -ntp -f "%here%pom.xml" verify %rest%
)
exit /b %errorlevel%

:format
call "%here%mvnw.cmd" -B -q -f "%here%pom.xml" spotless:apply
exit /b %errorlevel%

rem Builds the module's jar; nothing is checked here that "mtor test" checks. Sources that change are built again by
rem "mtor build": unlike ./mtor, this script does not compare the times of files.
:package
>&2 echo mtor: building (the first time fetches the libraries, which takes a minute or two) ...
call "%here%mvnw.cmd" -B -q -f "%here%pom.xml" -pl %1 -am -DskipTests -Dspotless.check.skip package
if errorlevel 1 (
  >&2 echo mtor: the build failed; its output stands above
  exit /b 1
)
exit /b 0

rem The newest JDK wins. A JRE without a compiler is passed over.
:find_jdk
set "found="
set "best=0"
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /f "delims=" %%j in ('where javac 2^>nul') do call :consider "%%~dpj.."
for %%p in ("%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu" "%ProgramFiles%\Amazon Corretto" "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps") do (
  if exist "%%~p" for /d %%d in ("%%~p\*") do call :consider "%%~d"
)
exit /b 0

:consider
if not exist "%~1\bin\javac.exe" exit /b 0
set "release="
for /f "tokens=2 delims=. " %%v in ('""%~1\bin\javac.exe" -version 2^>^&1"') do if not defined release set "release=%%v"
if not defined release exit /b 0
set /a "number=release" 2>nul
if %number% LSS %needed% exit /b 0
if %number% LEQ %best% exit /b 0
set "best=%number%"
set "found=%~f1"
exit /b 0

:without_first
set "rest="
shift
:next
if "%~1"=="" exit /b 0
set rest=%rest% %1
shift
goto next

:usage
echo usage: mtor COMMAND [OPTIONS]
echo.
echo   up        start a whole realm in one process    (--port 8080, --help for all keys)
echo   cluster   the same realm as separate processes  (--json, --help)
echo   ask TEXT  send one intent from the terminal     (--type, --model, --file, --out, --json, --help)
echo   token     make a token with which a host joins through a gateway   (token create, --help)
echo   host      approve or revoke a host that joins through a gateway    (host list, --help)
echo   doctor    say what is wrong with this machine
echo   test      run everything that is tested         (-q for the fast part)
echo   bench     measure, beside a bare baseline       (--help)
echo   chaos     kill, stop and cut off a cluster's processes, and judge what its users saw   (--help)
echo   simulate  run the decisions of a realm in virtual time, against faults or on a trace            (--help)
echo   format    repair the format of the sources
echo   build     build the jars
exit /b 0
